import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { canaryVerdict, type Sample, twoProportionZ } from './canary-verdict.ts';

const sample = (requests: number, errors: number, latencyCounts: readonly number[]): Sample => ({
  requests,
  errors,
  latencyCounts,
});

describe('the z statistic of two shares', () => {
  it('is the textbook one', () => {
    // 30 of 100 against 20 of 100: .1 / sqrt(.25 * .75 * (1/100 + 1/100)).
    expect(twoProportionZ({ count: 30, of: 100 }, { count: 20, of: 100 })).toBeCloseTo(1.632993, 6);
    expect(twoProportionZ({ count: 0, of: 9 }, { count: 0, of: 7 })).toBe(0);
    expect(twoProportionZ({ count: 9, of: 9 }, { count: 7, of: 7 })).toBe(0);
  });
});

describe('a canary', () => {
  const quick = [0, 80, 15, 5, 0];

  it('is good when it does as the others do', () => {
    expect(canaryVerdict(sample(100, 0, quick), sample(300, 0, quick))).toBe('good');
  });

  it('is bad when it fails more often than chance explains', () => {
    expect(canaryVerdict(sample(100, 4, quick), sample(300, 0, quick))).toBe('bad');
    expect(canaryVerdict(sample(100, 4, quick), sample(300, 9, quick))).toBe('good');
  });

  it('is bad when it is slow more often', () => {
    expect(canaryVerdict(sample(100, 0, [0, 30, 30, 40, 0]), sample(300, 0, quick))).toBe('bad');
    expect(canaryVerdict(sample(100, 0, [0, 0, 0, 0, 100]), sample(300, 0, quick))).toBe('bad');
  });

  it('is not bad for failing less, nor for a difference that does not matter', () => {
    expect(canaryVerdict(sample(100, 0, quick), sample(300, 90, quick))).toBe('good');
    const many = quick.map((count) => count * 1_000);
    expect(canaryVerdict(sample(1e5, 400, many), sample(1e5, 0, many))).toBe('good');
  });

  it('is not judged by a few requests, of either side', () => {
    expect(canaryVerdict(sample(49, 49, quick), sample(300, 0, quick))).toBe('unsure');
    expect(canaryVerdict(sample(100, 100, quick), sample(49, 0, quick))).toBe('unsure');
  });

  it('that failed every request is bad, though none of them has a latency', () => {
    expect(canaryVerdict(sample(100, 100, [0, 0, 0, 0, 0]), sample(300, 0, quick))).toBe('bad');
  });

  it('is wrongly called bad in about one case of fifty at most, and rightly in nearly all', () => {
    const draws = createStream(11, 'canary');
    const failed = (requests: number, ratio: number) => {
      let errors = 0;
      for (let i = 0; i < requests; i++) if (draws.nextFloat() < ratio) errors++;
      return errors;
    };
    const called = (ratio: number) => {
      let bad = 0;
      for (let i = 0; i < 2_000; i++) {
        const canary = sample(200, failed(200, ratio), quick);
        if (canaryVerdict(canary, sample(600, failed(600, 0.05), quick)) === 'bad') bad++;
      }
      return bad / 2_000;
    };
    // One-sided 1 %; four standard errors of a share of 1 % of 2000 are .9 %, and the normal law is an approximation.
    expect(called(0.05)).toBeLessThan(0.025);
    expect(called(0.2)).toBeGreaterThan(0.99);
  });
});
