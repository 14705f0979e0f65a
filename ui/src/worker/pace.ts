import type { Speed } from '@project-devops/simulation/protocol';

/** Most wall time that one tick makes good: a machine that slept does not jump ahead. */
export const MOST_CATCH_UP_MS = 250;

/** Turns wall time into simulated time owed to the player. */
export function createPace() {
  let lastMs: number | null = null;
  let owedMs = 0;
  return {
    /** Whole simulated milliseconds to play now; what a slow engine still owes is capped too. */
    due(nowMs: number, speed: Speed): number {
      const elapsed = lastMs === null ? 0 : Math.min(nowMs - lastMs, MOST_CATCH_UP_MS);
      lastMs = nowMs;
      owedMs = Math.min(owedMs + elapsed * speed, MOST_CATCH_UP_MS * speed);
      return Math.floor(owedMs);
    },
    played(ms: number): void {
      owedMs -= ms;
    },
    /** Time begins to count from the next call of `due`. */
    reset(): void {
      lastMs = null;
      owedMs = 0;
    },
  };
}
