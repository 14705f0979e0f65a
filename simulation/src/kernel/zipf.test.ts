import { describe, expect, it } from 'vitest';
import { createStream, createZipf, type RandomStream } from './random.ts';

function sampleCounts(size: number, exponent: number, draws: number): Float64Array {
  const zipf = createZipf(size, exponent);
  const stream = createStream(9, `zipf ${size} ${exponent}`);
  const counts = new Float64Array(size);
  for (let done = 0; done < draws; done += 1) {
    const rank = zipf.sample(stream);
    counts[rank] = (counts[rank] as number) + 1;
  }
  return counts;
}

describe('createZipf', () => {
  it.each([
    [1, 1],
    [10, 0],
    [1000, 0.8],
    [1000, 1.2],
  ])('gives probabilities proportional to rank^-s (size %i, s %f)', (size, exponent) => {
    const zipf = createZipf(size, exponent);
    let total = 0;
    for (let rank = 0; rank < size; rank += 1) {
      const ratio = zipf.probability(rank) / zipf.probability(0);
      expect(Math.abs(ratio / (rank + 1) ** -exponent - 1)).toBeLessThan(1e-14);
      total += zipf.probability(rank);
    }
    expect(total).toBeCloseTo(1, 12);
    expect(zipf.size).toBe(size);
    expect([zipf.probability(-1), zipf.probability(size)]).toEqual([0, 0]);
  });

  it.each([
    [10, 0],
    [200, 0.8],
    [200, 1],
    [50, 2.5],
  ])('samples ranks by these probabilities (size %i, s %f)', (size, exponent) => {
    const draws = 500_000;
    const zipf = createZipf(size, exponent);
    let chi2 = 0;
    sampleCounts(size, exponent, draws).forEach((count, rank) => {
      const expected = draws * zipf.probability(rank);
      chi2 += (count - expected) ** 2 / expected;
    });
    expect(Math.abs(chi2 - (size - 1)) / Math.sqrt(2 * (size - 1))).toBeLessThan(4);
  });

  it.each([0, 0.3, 1, 2])('splits the unit interval exactly by them (s %f)', (exponent) => {
    const size = 25;
    const steps = 500_000;
    const zipf = createZipf(size, exponent);
    const counts = new Float64Array(size);
    for (let step = 0; step < steps; step += 1) {
      const source = { nextFloat: () => (step + 0.5) / steps } as RandomStream;
      const rank = zipf.sample(source);
      counts[rank] = (counts[rank] as number) + 1;
    }
    counts.forEach((count, rank) => {
      // Each of the at most 2 * size pieces may gain or lose one step.
      expect(Math.abs(count / steps - zipf.probability(rank))).toBeLessThan((2 * size) / steps);
    });
  });

  it('reaches the least popular of a million ranks', () => {
    const zipf = createZipf(1_000_000, 0.9);
    const highest = { nextFloat: () => 1 - 2 ** -53 } as RandomStream;
    const rank = zipf.sample(highest);
    expect(Number.isInteger(rank) && rank >= 0 && rank < 1_000_000).toBe(true);
  });

  it.each([0, -1, 1.5, 2 ** 31, Number.NaN])('refuses the size %s', (size) => {
    const refusal = new RangeError(`zipf size must be a positive int32: ${size}`);
    expect(() => createZipf(size, 1)).toThrow(refusal);
  });

  it.each([-1, Number.NaN, Infinity])('refuses the exponent %s', (exponent) => {
    const refusal = new RangeError(`zipf exponent must be finite and >= 0: ${exponent}`);
    expect(() => createZipf(10, exponent)).toThrow(refusal);
  });
});
