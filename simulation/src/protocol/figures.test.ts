import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  errorCount,
  errorRatio,
  LATENCY_BOUNDS_MS,
  percentileFromBuckets,
  throughputPerSecond,
} from './figures.ts';

/** Latencies counted into the shared buckets. */
function bucketed(latenciesMs: readonly number[]): number[] {
  const counts = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
  for (const latencyMs of latenciesMs) {
    const bucket = LATENCY_BOUNDS_MS.findIndex((bound) => bound >= latencyMs);
    const place = bucket < 0 ? LATENCY_BOUNDS_MS.length : bucket;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

describe('the latency bounds', () => {
  it('go from 0.1 ms to 10 s in steps of at most 25 %', () => {
    expect([LATENCY_BOUNDS_MS[0], LATENCY_BOUNDS_MS.at(-1)]).toEqual([0.1, 10_000]);
    for (let i = 1; i < LATENCY_BOUNDS_MS.length; i++) {
      const step = (LATENCY_BOUNDS_MS[i] ?? 0) / (LATENCY_BOUNDS_MS[i - 1] ?? 1);
      expect(step).toBeGreaterThan(1.15);
      expect(step).toBeLessThan(1.26);
    }
  });
});

describe('a percentile from buckets', () => {
  it('is null without values and the last bound for what lies beyond it', () => {
    expect(percentileFromBuckets(bucketed([]), 0.5)).toBeNull();
    expect(percentileFromBuckets(bucketed([1e6, 2e6]), 0.5)).toBe(10_000);
  });

  it('lies on a straight line inside its bucket', () => {
    const counts = bucketed([11, 11, 11, 11]);
    expect([0.25, 0.5, 0.75, 1].map((q) => percentileFromBuckets(counts, q))).toEqual([
      10.5, 11, 11.5, 12,
    ]);
    expect(percentileFromBuckets(bucketed([0.05]), 1)).toBe(0.1);
  });

  it('lies in the bucket of the true one, and grows with the share', () => {
    const latencies = fc.array(fc.double({ min: 0.01, max: 9_999, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
      size: 'max',
    });
    fc.assert(
      fc.property(latencies, (values) => {
        const counts = bucketed(values);
        const ordered = [...values].sort((a, b) => a - b);
        let before = 0;
        for (const q of [0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1]) {
          const truth = ordered[Math.ceil(q * values.length - 1e-9) - 1] ?? 0;
          const estimate = percentileFromBuckets(counts, q) ?? 0;
          const upper = LATENCY_BOUNDS_MS.findIndex((bound) => bound >= truth);
          expect(estimate).toBeLessThanOrEqual((LATENCY_BOUNDS_MS[upper] ?? 0) * (1 + 1e-12));
          expect(estimate).toBeGreaterThanOrEqual(LATENCY_BOUNDS_MS[upper - 1] ?? 0);
          expect(estimate).toBeGreaterThanOrEqual(before);
          before = estimate;
        }
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});

describe('the figures of a row', () => {
  it('are errors of all causes, their share of what finished, and served requests a second', () => {
    const errors = { 'time-out': 3, 'no-route': 1 } as const;
    expect(errorCount(errors)).toBe(4);
    expect(errorCount({})).toBe(0);
    expect(errorRatio({ served: 12, errors })).toBe(0.25);
    expect(errorRatio({ served: 0, errors: {} })).toBeNull();
    expect(throughputPerSecond({ served: 30, startMs: 500, endMs: 2_000 })).toBe(20);
    expect(throughputPerSecond({ served: 30, startMs: 500, endMs: 500 })).toBe(0);
  });
});
