import type { Clock } from '../clock.ts';

/** A clock that stands until it is moved; moving it lets every timer go off when it is due, and what waits for it go on. */
export interface FakeClock extends Clock {
  /** Lets time pass; promises settle between timers. */
  run(ms: number): Promise<void>;
  /** Lets time pass without any timer going off meanwhile: the machine sleeps. */
  skip(ms: number): void;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until it is told to go on. */
export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let nowMs = startMs;
  let timers: { readonly atMs: number; readonly action: () => void }[] = [];
  return {
    now: () => nowMs,
    later(action, ms) {
      const timer = { atMs: nowMs + Math.max(0, ms), action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    skip(ms) {
      nowMs += ms;
    },
    async run(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > endMs) break;
        timers = timers.filter((timer) => timer !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.action();
        await settle();
      }
      nowMs = Math.max(nowMs, endMs);
    },
  };
}
