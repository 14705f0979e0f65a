import { expect, it } from 'vitest';
import { calmShedding, sheds } from './shedding.ts';

/** Which of the arrivals, each with the time and the oldest wait it finds, are turned away. */
function shed(arrivals: readonly (readonly [nowMs: number, oldestWaitMs: number])[]): number[] {
  const state = calmShedding();
  return arrivals.filter(([now, wait]) => sheds(state, 20, wait, now)).map(([now]) => now);
}

it('turns arrivals away from a line that is slow and has not been empty for an interval', () => {
  expect(
    shed([
      [0, 5],
      [99, 90],
      [100, 91],
      [150, 20],
      [160, 21],
    ]),
  ).toEqual([100, 160]);
});

it('lets a burst pass that is worked off within the interval', () => {
  expect(
    shed([
      [0, 50],
      [90, 90],
      [95, 0],
      [120, 50],
      [219, 90],
    ]),
  ).toEqual([]);
});

it('takes no burst for one that comes within an interval of the last refusal', () => {
  expect(
    shed([
      [0, 5],
      [100, 91],
      [150, 0],
      [160, 30],
      [170, 0],
      [260, 30],
    ]),
  ).toEqual([100, 160]);
});

it('turns nobody away for a line that never empties but moves', () => {
  expect(
    shed([
      [0, 10],
      [1_000, 15],
      [2_000, 20],
    ]),
  ).toEqual([]);
});
