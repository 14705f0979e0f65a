/** A line that was empty within this time is a burst and no overload, unless a request was shed within it. */
export const SHEDDING_INTERVAL_MS = 100;

/** Changed by `sheds` alone. */
export interface SheddingState {
  /** Since when arrivals have found someone in line; null when the latest found nobody. */
  busySinceMs: number | null;
  /** When a request was turned away last. */
  lastShedMs: number;
}

/** Of a node that has not been busy yet. */
export function calmShedding(): SheddingState {
  return { busySinceMs: null, lastShedMs: Number.NEGATIVE_INFINITY };
}

/**
 * Whether a request that arrives now is turned away: while the first in line has waited longer than the
 * target, and this is no burst. Controlled delay at the door of a server: Maurer, Fail at Scale, ACM Queue 13(8), 2015,
 * after CoDel (Nichols and Jacobson, ACM Queue 10(5), 2012), whose memory of the last drop it keeps too. At k
 * times its capacity a server then keeps waits to about k targets.
 */
export function sheds(
  state: SheddingState,
  targetMs: number,
  oldestWaitMs: number,
  nowMs: number,
): boolean {
  if (oldestWaitMs <= 0) {
    state.busySinceMs = null;
    return false;
  }
  state.busySinceMs ??= nowMs;
  const isBurst =
    nowMs - state.busySinceMs < SHEDDING_INTERVAL_MS &&
    nowMs - state.lastShedMs >= SHEDDING_INTERVAL_MS;
  if (oldestWaitMs <= targetMs || isBurst) return false;
  state.lastShedMs = nowMs;
  return true;
}
