import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { Arrivals } from './arrivals.ts';

/** Times of arrivals under a rate that changes at given times. */
function arrivalsMs(
  spacing: 'poisson' | 'uniform',
  rates: readonly (readonly [atMs: number, perSecond: number])[],
  untilMs: number,
): number[] {
  const arrivals = new Arrivals(createStream(5, 'arrivals'), spacing);
  const times: number[] = [];
  const arriveUntil = (endMs: number) => {
    for (; arrivals.nextMs <= endMs; arrivals.advance()) times.push(arrivals.nextMs);
  };
  for (const [atMs, perSecond] of rates) {
    arriveUntil(atMs);
    arrivals.setRate(perSecond, atMs);
  }
  arriveUntil(untilMs);
  expect(arrivals.count).toBe(times.length);
  return times;
}

describe('evenly spaced arrivals', () => {
  it('come at their rate, the first one spacing after the start', () => {
    expect(arrivalsMs('uniform', [[0, 10]], 500)).toEqual([100, 200, 300, 400, 500]);
  });

  it('keep the share of a spacing that has passed when the rate changes', () => {
    // 50 ms of 100 have passed when the rate doubles: half of 50 ms is left.
    expect(
      arrivalsMs(
        'uniform',
        [
          [0, 10],
          [150, 20],
        ],
        300,
      ),
    ).toEqual([100, 175, 225, 275]);
  });

  it('pause while the rate is zero', () => {
    expect(
      arrivalsMs(
        'uniform',
        [
          [0, 10],
          [150, 0],
          [1_000, 10],
        ],
        1_200,
      ),
    ).toEqual([100, 1_050, 1_150]);
  });
});

describe('Poisson arrivals', () => {
  it('have exponential gaps: a mean and a deviation of one over the rate', () => {
    const times = arrivalsMs('poisson', [[0, 1_000]], 100_000);
    const gaps = times.map((atMs, i) => atMs - (times[i - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 / Math.sqrt(gaps.length));
    expect(Math.abs(variance - 1)).toBeLessThan((4 * Math.sqrt(8)) / Math.sqrt(gaps.length));
  });

  it('stay Poisson however often the rate is set anew', () => {
    const rates = Array.from(
      { length: 20_000 },
      (_, i) => [i * 5, i % 2 === 0 ? 500 : 1_500] as const,
    );
    const times = arrivalsMs('poisson', rates, 100_000);
    expect(Math.abs(times.length - 100_000)).toBeLessThan(4 * Math.sqrt(100_000));
    const busy = times.filter((atMs) => atMs % 10 >= 5).length;
    expect(Math.abs(busy - 75_000)).toBeLessThan(4 * Math.sqrt(75_000));
  });
});
