/** Wall-clock time, handed in so that tests can move it. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Calls back once after the given time; the answer takes it back. */
  later(action: () => void, ms: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  later(action, ms) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after the given time, or at once when `signal` is aborted meanwhile. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const take = () => {
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.later(take, ms);
    const end = () => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
}
