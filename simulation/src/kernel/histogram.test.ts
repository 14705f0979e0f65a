import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketEnds, LatencyHistogram } from './histogram.ts';

function histogramOf(valuesMs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const valueMs of valuesMs) histogram.record(valueMs);
  return histogram;
}

function relativeError(actual: number | null, expected: number): number {
  return actual === null ? Infinity : Math.abs(actual - expected) / expected;
}

const latencyMs = fc
  .double({ min: -3, max: 7, noNaN: true })
  .map((exponent) => Math.min(1e7, Math.max(1e-3, 10 ** exponent)));
/** Without a size, fast-check makes no array longer than ten. */
const latencies = fc.array(latencyMs, { minLength: 1, maxLength: 200, size: 'max' });

describe('percentileMs', () => {
  it('is within 0.4 % of the exact order statistic', () => {
    fc.assert(
      fc.property(latencies, fc.integer({ min: 0, max: 1000 }), (values, permille) => {
        const sorted = [...values].sort((one, other) => one - other);
        const rank = Math.max(1, Math.ceil((permille * values.length) / 1000));
        const exact = sorted[rank - 1] as number;
        const estimate = histogramOf(values).percentileMs(permille / 1000);
        expect(relativeError(estimate, exact)).toBeLessThanOrEqual(0.004);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes the rank a decimal quantile means, not what its rounding makes of it', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(relativeError(histogramOf(values).percentileMs(0.07), 7)).toBeLessThan(0.004);
    expect(relativeError(histogramOf(values).percentileMs(0.95), 95)).toBeLessThan(0.004);
  });

  it('is null when nothing was recorded', () => {
    expect(new LatencyHistogram().percentileMs(0.5)).toBeNull();
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses the quantile %s', (q) => {
    const refusal = new RangeError(`quantile ${q} is outside [0, 1]`);
    expect(() => histogramOf([1]).percentileMs(q)).toThrow(refusal);
  });
});

describe('record', () => {
  it('keeps the exact count and sum', () => {
    const histogram = histogramOf([0, 0.25, 1e-9, 3e7]);
    expect(histogram.count).toBe(4);
    expect(histogram.sumMs).toBe(0 + 0.25 + 1e-9 + 3e7);
  });

  it('reports what is below a microsecond as 0 and what is above 1e7 ms as 1e7', () => {
    expect(histogramOf([0]).percentileMs(1)).toBe(0);
    expect(histogramOf([9.99e-4]).percentileMs(1)).toBe(0);
    expect(relativeError(histogramOf([1e-3]).percentileMs(1), 1e-3)).toBeLessThan(0.004);
    expect(relativeError(histogramOf([1e7]).percentileMs(1), 1e7)).toBeLessThan(0.004);
    expect(histogramOf([1e300]).percentileMs(1)).toBe(histogramOf([1e7]).percentileMs(1));
  });

  it.each([-1, Number.NaN, Infinity, -Infinity])('refuses %s and stays as it was', (valueMs) => {
    const histogram = histogramOf([5]);
    expect(() => histogram.record(valueMs)).toThrow(new RangeError(`latency is ${valueMs} ms`));
    expect([histogram.count, histogram.sumMs]).toEqual([1, 5]);
    expect(histogram.bucketCounts(bucketEnds([]))).toEqual([1]);
  });
});

describe('reset', () => {
  it('leaves it as new', () => {
    const histogram = histogramOf([1, 1e6, 0]);
    histogram.reset();
    expect([histogram.count, histogram.sumMs, histogram.percentileMs(1)]).toEqual([0, 0, null]);
    expect(histogram.bucketCounts(bucketEnds([1]))).toEqual([0, 0]);
    histogram.record(2);
    expect(histogram.bucketCounts(bucketEnds([1, 10]))).toEqual([0, 1, 0]);
  });

  it('leaves no trace in what is recorded afterwards', () => {
    fc.assert(
      fc.property(latencies, latencies, (before, after) => {
        const used = histogramOf(before);
        used.reset();
        for (const valueMs of [...before, ...after]) used.record(valueMs);
        const fresh = histogramOf([...before, ...after]);
        expect(used.sumMs).toBe(fresh.sumMs);
        for (const q of [0, 0.1, 0.5, 0.9, 1])
          expect(used.percentileMs(q)).toBe(fresh.percentileMs(q));
        const boundsMs = before.map((valueMs) => valueMs * 1.01).sort((one, other) => one - other);
        expect(used.bucketCounts(bucketEnds(boundsMs))).toEqual(
          fresh.bucketCounts(bucketEnds(boundsMs)),
        );
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});

describe('addAll', () => {
  it('gives what recording both would have given', () => {
    fc.assert(
      fc.property(latencies, latencies, (some, others) => {
        const sum = histogramOf(some);
        sum.addAll(histogramOf(others));
        const together = histogramOf([...some, ...others]);
        expect(sum.count).toBe(together.count);
        expect(relativeError(sum.sumMs, together.sumMs)).toBeLessThan(1e-12);
        for (const q of [0, 0.5, 0.99, 1])
          expect(sum.percentileMs(q)).toBe(together.percentileMs(q));
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('changes nothing when the other is empty', () => {
    const histogram = histogramOf([4]);
    histogram.addAll(new LatencyHistogram());
    expect(histogram.bucketCounts(bucketEnds([1, 10]))).toEqual([0, 1, 0]);
  });
});

describe('bucketCounts', () => {
  const boundsMs = [1, 2.5, 5, 10, 100, 1000];

  it('counts each value in its first bound, the rest in the overflow', () => {
    const histogram = histogramOf([0, 0.5, 2, 3, 4, 50, 5000, 6000]);
    expect(histogram.bucketCounts(bucketEnds(boundsMs))).toEqual([2, 1, 2, 0, 1, 0, 2]);
  });

  it('misplaces no value further than 0.4 % from a bound, and loses none', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const clear = values.filter((value) =>
          boundsMs.every((bound) => Math.abs(value - bound) > 0.004 * value),
        );
        const expected = new Array<number>(boundsMs.length + 1).fill(0);
        for (const value of clear) {
          const first = boundsMs.findIndex((bound) => bound >= value);
          const index = first === -1 ? boundsMs.length : first;
          expected[index] = (expected[index] as number) + 1;
        }
        expect(histogramOf(clear).bucketCounts(bucketEnds(boundsMs))).toEqual(expected);
        const all = histogramOf(values).bucketCounts(bucketEnds(boundsMs));
        expect(all.reduce((sum, count) => sum + count)).toBe(values.length);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
