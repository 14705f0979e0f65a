/** Share of the price that a sold node or a smaller size brings back. */
export const REFUND_RATIO = 0.5;

/** What it costs to turn a node worth `from` into one worth `to`, in dollars; negative when money comes back. */
export function tradeCost(from: number, to: number): number {
  return to >= from ? to - from : (to - from) * REFUND_RATIO;
}

/**
 * What an edit of a node costs that was worth `start` when the present instant began. While time stands
 * still only the net change is paid for, so that what is taken back at once costs nothing.
 */
export function editCost(start: number, from: number, to: number): number {
  return tradeCost(start, to) - tradeCost(start, from);
}
