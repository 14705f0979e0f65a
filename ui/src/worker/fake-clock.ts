import type { Clock } from './simulation.ts';

/** A clock that stands until it is moved, and that can be made to run while something computes. */
export function createFakeClock() {
  let nowMs = 1_000;
  let timers: { readonly atMs: number; readonly action: () => void }[] = [];

  const clock: Clock = {
    now: () => nowMs,
    later(action, ms) {
      const timer = { atMs: nowMs + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((item) => item !== timer);
      };
    },
  };

  return {
    ...clock,
    /** Lets time pass without any timer going off: the machine sleeps, or computes. */
    skip(ms: number): void {
      nowMs += ms;
    },
    /** Lets time pass with every timer going off when it is due. */
    run(ms: number): void {
      const endMs = nowMs + ms;
      for (;;) {
        const next = timers.toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next || next.atMs > endMs) break;
        timers = timers.filter((timer) => timer !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.action();
      }
      nowMs = Math.max(nowMs, endMs);
    },
    get waiting(): number {
      return timers.length;
    },
  };
}
