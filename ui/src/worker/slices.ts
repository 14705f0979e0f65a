import type { Clock } from './simulation.ts';

/** Longest the worker computes without looking for messages. */
export const SLICE_MS = 15;
/** Simulated time between two looks at the clock. */
const STEP_MS = 50;

interface Advancing {
  advanceTo(timeMs: number): void;
  readonly engine: { readonly timeMs: number };
}

/** Plays towards an instant until it is reached, the stage ends, or the slice is used up. True when there is nothing left to do. */
export function playSlice(player: Advancing, toMs: number, clock: Clock): boolean {
  const began = clock.now();
  while (player.engine.timeMs < toMs) {
    const before = player.engine.timeMs;
    player.advanceTo(Math.min(toMs, before + STEP_MS));
    if (player.engine.timeMs === before) return true;
    if (clock.now() - began >= SLICE_MS) break;
  }
  return player.engine.timeMs >= toMs;
}

/** Plays to an instant slice by slice; false when `cancelled` said so in between. */
export async function playInSlices(
  player: Advancing,
  toMs: number,
  clock: Clock,
  cancelled: () => boolean,
): Promise<boolean> {
  while (!playSlice(player, toMs, clock)) {
    await new Promise<void>((resolve) => clock.later(resolve, 0));
    if (cancelled()) return false;
  }
  return true;
}
