import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RetryOptions } from '../protocol/index.ts';
import { BUDGET_BURST, backoffMs, deposited, isRetried } from './retry.ts';

const options: RetryOptions = { attempts: 10, backoffMs: 100, jitter: false, budgetRatio: null };

describe('the pause before another attempt', () => {
  it('doubles from attempt to attempt, up to twenty seconds', () => {
    const pauses = [1, 2, 3, 4, 8, 9, 10].map((attempt) => backoffMs(options, attempt, 0.5));
    expect(pauses).toEqual([100, 200, 400, 800, 12_800, 20_000, 20_000]);
  });

  it('is what was asked for when that alone is longer', () => {
    expect(backoffMs({ ...options, backoffMs: 50_000 }, 4, 0)).toBe(50_000);
  });

  it('is with jitter anything from nothing to its full length', () => {
    const jitter = { ...options, jitter: true };
    expect([0, 0.25, 0.5].map((draw) => backoffMs(jitter, 3, draw))).toEqual([0, 100, 200]);
  });
});

describe('a budget', () => {
  it('allows at most its share of the requests, and its burst', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 500, size: 'max' }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (failures, ratio) => {
          let tokens = BUDGET_BURST;
          let retries = 0;
          for (const failed of failures) {
            tokens = deposited(tokens, ratio);
            if (!failed || tokens < 1) continue;
            tokens--;
            retries++;
          }
          expect(retries).toBeLessThanOrEqual(BUDGET_BURST + ratio * failures.length + 1e-9);
        },
      ),
    );
  });

  it('is never larger than its burst', () => {
    expect(deposited(BUDGET_BURST, 0.5)).toBe(BUDGET_BURST);
  });
});

it('tries again what another attempt may change, and nothing else', () => {
  expect(isRetried('time-out')).toBe(true);
  expect(isRetried('load-shed')).toBe(true);
  expect(isRetried('no-route')).toBe(false);
  expect(isRetried('breaker-open')).toBe(false);
});
