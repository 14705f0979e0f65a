/** What flows over a link, for the choice of how many requests a mark stands for. */
export interface Flow {
  readonly ratePerSecond: number;
  /** Board units a second. */
  readonly speed: number;
  /** Length of the link in board units. */
  readonly length: number;
}

/** Most marks alive at once. */
export const MAX_MARKS = 5_000;
/** Least mean distance of marks on the busiest link, in board units. */
const MIN_SPACING = 5;
/** A finer scale is taken only when it fits with this much room to spare, so that it does not flicker. */
const SLACK = 1.3;

/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least `value`. */
export function roundScale(value: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= value) return step * power;
  }
}

/**
 * How many requests one mark stands for, so that at most `MAX_MARKS` marks are alive and even the
 * busiest link can be read. `present` is kept while it does and is not needlessly coarse.
 */
export function requestsPerMark(flows: Iterable<Flow>, present: number): number {
  let alive = 0;
  let crowding = 0;
  for (const { ratePerSecond, speed, length } of flows) {
    alive += (ratePerSecond * length) / speed;
    crowding = Math.max(crowding, ratePerSecond / speed);
  }
  const need = Math.max(alive / MAX_MARKS, crowding * MIN_SPACING);
  if (need > present) return roundScale(need);
  return Math.min(present, roundScale(need * SLACK));
}
