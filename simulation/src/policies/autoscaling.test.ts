import { describe, expect, it } from 'vitest';
import { nextReplicas, recommendedReplicas } from './autoscaling.ts';

describe('recommendedReplicas', () => {
  // By hand, from desired = ceil(ready * utilisation / target).
  it.each([
    ['twice the load asks for twice as many', 2, 0, 1, 0.5, 4],
    ['a fraction rounds up', 3, 0, 0.8, 0.5, 5],
    ['an exact product does not', 3, 0, 0.8, 0.6, 4],
    ['half the load asks for half as many', 4, 0, 0.3, 0.6, 2],
    ['a little load asks for one', 4, 0, 0.01, 0.6, 1],
    ['no load asks for none, which the bounds mend', 4, 0, 0, 0.6, 0],
    ['10 % over the target is tolerated', 5, 0, 0.55, 0.5, 5],
    ['11 % over it is not', 5, 0, 0.555, 0.5, 6],
    ['10 % under it is tolerated', 5, 0, 0.45, 0.5, 5],
    ['20 % under it is not', 5, 0, 0.4, 0.5, 4],
    // Ratio 2 of two ready ones; with two idle ones 1: enough are on their way.
    ['replicas on their way are not asked for twice', 2, 2, 1, 0.5, 4],
    // Ratio 2 of four ready ones; with one idle one 8 / 5: ceil(1.6 * 5).
    ['too few on their way are completed', 4, 1, 1, 0.5, 8],
    // Ratio 1.2 of two ready ones; with three idle ones 0.48: the direction has turned.
    ['idle ones never turn growth into shrinking', 2, 3, 0.6, 0.5, 5],
    ['starting ones are left out when fewer are wanted', 4, 2, 0.25, 0.5, 2],
    ['without a ready one nothing is known', 0, 3, 0, 0.5, 3],
  ])('%s', (_, ready, starting, utilisation, target, expected) => {
    expect(recommendedReplicas({ ready, starting, utilisation, target })).toBe(expected);
  });
});

describe('nextReplicas', () => {
  const bounds = { min: 1, most: 20 };

  it('goes up at once, by four or to twice as many at most', () => {
    expect(nextReplicas(1, [3], bounds)).toBe(3);
    expect(nextReplicas(1, [9], bounds)).toBe(5);
    expect(nextReplicas(6, [20], bounds)).toBe(12);
  });

  it('goes down only to the most that the window recommended', () => {
    expect(nextReplicas(8, [6, 3, 2], bounds)).toBe(6);
    expect(nextReplicas(8, [9, 3, 2], bounds)).toBe(8);
    expect(nextReplicas(8, [3, 2, 2], bounds)).toBe(3);
  });

  it('keeps to the bounds, the lower one above all', () => {
    expect(nextReplicas(2, [0], { min: 2, most: 5 })).toBe(2);
    expect(nextReplicas(4, [8], { min: 2, most: 5 })).toBe(5);
    expect(nextReplicas(1, [1], { min: 3, most: 2 })).toBe(3);
  });
});
