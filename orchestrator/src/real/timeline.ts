import type { WallWindow } from '../telemetry/telemetry.ts';

export const WINDOW_MS = 1_000;

/** A stretch in which simulated time and wall time ran together. */
interface Stretch {
  readonly wallMs: number;
  readonly startMs: number;
  /** Simulated end; infinite while it runs. */
  endMs: number;
}

/** Where simulated time stands on the wall clock: stretches of play with pauses between them. */
export class Timeline {
  readonly #stretches: Stretch[] = [];

  /** Play goes on: simulated `startMs` is at `wallMs` (Unix ms). */
  begin(startMs: number, wallMs: number): void {
    this.#stretches.push({ wallMs, startMs, endMs: Number.POSITIVE_INFINITY });
  }

  /** Play stands from simulated `endMs` on. */
  end(endMs: number): void {
    const last = this.#stretches.at(-1);
    if (last !== undefined) last.endMs = Math.min(last.endMs, endMs);
  }

  get running(): boolean {
    return this.#stretches.at(-1)?.endMs === Number.POSITIVE_INFINITY;
  }

  /** The simulated time at a wall instant while play runs; the end of the last stretch while it stands. */
  simulatedAt(wallMs: number): number {
    const last = this.#stretches.at(-1);
    if (last === undefined) return 0;
    return Math.max(last.startMs, Math.min(last.endMs, last.startMs + wallMs - last.wallMs));
  }

  /** When a simulated instant is, or was, on the wall; null for one that no stretch holds. */
  wallAt(simulatedMs: number): number | null {
    const stretch = this.#stretches.findLast(
      (other) => other.startMs <= simulatedMs && simulatedMs <= other.endMs,
    );
    return stretch === undefined ? null : stretch.wallMs + simulatedMs - stretch.startMs;
  }

  /** The full-second windows that have passed at `wallMs` from simulated `fromMs` on, oldest first. */
  windowsUntil(wallMs: number, fromMs: number): WallWindow[] {
    const windows: WallWindow[] = [];
    for (const { startMs, endMs, wallMs: began } of this.#stretches) {
      const untilMs = Math.min(endMs, startMs + wallMs - began);
      let at = Math.max(startMs, Math.ceil(fromMs / WINDOW_MS) * WINDOW_MS);
      for (; at + WINDOW_MS <= untilMs; at += WINDOW_MS) {
        const wallStartMs = began + at - startMs;
        windows.push({
          wallStartMs,
          wallEndMs: wallStartMs + WINDOW_MS,
          startMs: at,
          endMs: at + WINDOW_MS,
        });
      }
    }
    return windows;
  }
}
