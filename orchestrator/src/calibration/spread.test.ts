import { expect, it } from 'vitest';
import { sampleLatency } from '../comparison/sample-rows.ts';
import { varianceFromBuckets } from './spread.ts';

/** Values of a lognormal law at evenly spaced quantiles (mean in ms, coefficient of variation). */
function lognormal(meanMs: number, cv: number, count = 2_000): number[] {
  const sigma = Math.sqrt(Math.log(1 + cv ** 2));
  const mu = Math.log(meanMs) - sigma ** 2 / 2;
  return Array.from({ length: count }, (_, i) => {
    const turn = 2 * Math.PI * ((i * 0.618034) % 1);
    const radius = Math.sqrt(-2 * Math.log((i + 0.5) / count));
    return Math.exp(mu + sigma * radius * Math.cos(turn));
  });
}

function cvOf(valuesMs: readonly number[], meanMs: number): number | null {
  const variance = varianceFromBuckets(sampleLatency(valuesMs).bucketCounts);
  return variance === null ? null : Math.sqrt(variance) / meanMs;
}

it.each([
  [2, 0.3],
  [6, 0.5],
  [25, 0.3],
  [10, 1],
])('finds the spread of a mean of %d ms with coefficient %d', (meanMs, cv) => {
  expect(cvOf(lognormal(meanMs, cv), meanMs)).toBeCloseTo(cv, 1);
});

it('is moved little by a few pauses of the machine', () => {
  const values = lognormal(5, 0.3);
  const paused = values.map((value, i) => (i % 100 === 0 ? value + 80 : value));
  expect(cvOf(paused, 5)).toBeLessThan(0.37);
});

it('says nothing when the buckets cannot tell: all alike, or too few', () => {
  expect(varianceFromBuckets(sampleLatency(Array(500).fill(5)).bucketCounts)).toBeNull();
  expect(varianceFromBuckets(sampleLatency(lognormal(5, 0.3, 20)).bucketCounts)).toBeNull();
});
