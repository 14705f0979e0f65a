import fc from 'fast-check';
import type { CallOptions } from '../protocol/index.ts';

/** Options of a link that make calls fail, be given up and be tried again; often none. */
export const callOptions: fc.Arbitrary<CallOptions | undefined> = fc.option(
  fc.record({
    timeoutMs: fc.integer({ min: 1, max: 300 }),
    retries: fc.record({
      attempts: fc.integer({ min: 1, max: 3 }),
      backoffMs: fc.integer({ min: 0, max: 200 }),
      jitter: fc.boolean(),
      budgetRatio: fc.option(fc.double({ min: 0.1, max: 1, noNaN: true })),
    }),
    breaker: fc.constant({
      failureRatio: 0.5,
      windowSeconds: 1,
      minimumCalls: 5,
      openSeconds: 1,
      probes: 2,
    }),
    maxConcurrent: fc.integer({ min: 1, max: 50 }),
  }),
  { nil: undefined, freq: 2 },
);
