import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';

function all(arrivals: Arrivals, untilMs: number): number[] {
  const times: number[] = [];
  for (let at = arrivals.takeBefore(untilMs); at !== null; at = arrivals.takeBefore(untilMs)) {
    times.push(Math.round(at * 1000) / 1000);
  }
  return times;
}

describe('arrivals', () => {
  it('are evenly spaced, the first after one whole gap', () => {
    const arrivals = new Arrivals([{ seconds: 1, ratePerSecond: 4 }], 10_000, 1);
    expect(all(arrivals, 20_000)).toEqual([10_250, 10_500, 10_750]);
  });

  it('carry what is left of a gap over a change of rate', () => {
    const steps = [
      { seconds: 1, ratePerSecond: 1.5 },
      { seconds: 1, ratePerSecond: 4 },
    ];
    expect(all(new Arrivals(steps, 0, 1), 5_000)).toEqual([666.667, 1_125, 1_375, 1_625, 1_875]);
  });

  it('stand still while the rate is zero and go on afterwards', () => {
    const steps = [
      { seconds: 0.5, ratePerSecond: 1 },
      { seconds: 10, ratePerSecond: 0 },
      { seconds: 1, ratePerSecond: 2 },
    ];
    const arrivals = new Arrivals(steps, 0, 1);
    expect(arrivals.nextMs).toBe(500);
    expect(all(arrivals, 20_000)).toEqual([10_750, 11_250]);
    expect(arrivals.nextMs).toBe(Number.POSITIVE_INFINITY);
  });

  it('go on under another plan with what is left', () => {
    const first = new Arrivals([{ seconds: 100, ratePerSecond: 2 }], 0, 1);
    expect(all(first, 1_200)).toEqual([500, 1_000]);
    expect(first.left).toBeCloseTo(0.6, 9);
    const second = new Arrivals([{ seconds: 100, ratePerSecond: 6 }], 1_200, first.left);
    expect(second.takeBefore(5_000)).toBeCloseTo(1_300, 9);
  });

  it('keep their count over a long plan of odd rates', () => {
    const steps = Array.from({ length: 600 }, (_, i) => ({
      seconds: 1,
      ratePerSecond: 15 + (i % 7) / 3,
    }));
    const wanted = steps.reduce((sum, step) => sum + step.ratePerSecond, 0);
    const count = all(new Arrivals(steps, 1.8e12, 1), 2e12).length;
    expect(Math.abs(count - wanted)).toBeLessThanOrEqual(1);
  });
});
