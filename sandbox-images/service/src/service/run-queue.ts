import { pbkdf2 } from 'node:crypto';

/** Does an amount of work on a thread of its own; resolves when it is done. */
export type Work = (rounds: number) => Promise<void>;

const KEY_BYTES = 32;

/** Real work in native code, so that its CPU time depends on its amount alone and not on the compiler's warmth. */
export const nativeWork: Work = (rounds) =>
  new Promise((resolve, reject) => {
    const count = Math.max(1, Math.round(rounds));
    pbkdf2('password', 'salt', count, KEY_BYTES, 'sha256', (error) =>
      error === null ? resolve() : reject(error),
    );
  });

/** The CPU of an application server: bursts of work, first come, first served, a few at once. */
export class RunQueue {
  readonly #work: Work;
  readonly #now: () => number;
  readonly #waiting: {
    readonly rounds: number;
    readonly done: () => void;
    readonly failed: (error: unknown) => void;
  }[] = [];
  #workers: number;
  #running = 0;
  #settledMs: number;
  #waitedMs = 0;

  /** @param now milliseconds from any origin */
  constructor(
    workers: number,
    work: Work = nativeWork,
    now: () => number = () => performance.now(),
  ) {
    this.#workers = workers;
    this.#work = work;
    this.#now = now;
    this.#settledMs = now();
  }

  /** Bursts that may run at once from now on. */
  set workers(workers: number) {
    this.#workers = workers;
    this.#startNext();
  }

  /** Resolves when the burst has had its turn and is done. */
  run(rounds: number): Promise<void> {
    return new Promise((done, failed) => {
      this.#settle();
      this.#waiting.push({ rounds, done, failed });
      this.#startNext();
    });
  }

  /** Integral over time of the number of waiting bursts, in burst-seconds. */
  waitedSeconds(): number {
    this.#settle();
    return this.#waitedMs / 1000;
  }

  #startNext(): void {
    while (this.#running < this.#workers) {
      this.#settle();
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running++;
      this.#work(next.rounds)
        .then(next.done, next.failed)
        .finally(() => {
          this.#running--;
          this.#startNext();
        });
    }
  }

  #settle(): void {
    const now = this.#now();
    this.#waitedMs += this.#waiting.length * (now - this.#settledMs);
    this.#settledMs = now;
  }
}
