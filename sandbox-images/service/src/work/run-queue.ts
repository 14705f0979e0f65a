import type { Clock } from './clock.ts';
import type { DoWork } from './native-work.ts';

/** Whoever a burst is for; once abandoned, a burst that has not begun costs nothing. */
export interface BurstOwner {
  readonly abandoned: boolean;
}

interface Burst {
  readonly ms: number;
  readonly owner: BurstOwner;
  readonly done: () => void;
}

/** The CPU of the model's machine: bursts of work, first come first served, at most `workers` at once. */
export class RunQueue {
  readonly #work: DoWork;
  readonly #clock: Clock;
  readonly #line: Burst[] = [];
  #workers: number;
  #running = 0;
  #waitedMs = 0;
  #settledAtMs: number;

  constructor(workers: number, work: DoWork, clock: Clock) {
    this.#workers = workers;
    this.#work = work;
    this.#clock = clock;
    this.#settledAtMs = clock();
  }

  /** Fewer workers than bursts that run interrupt none of them. */
  setWorkers(workers: number): void {
    this.#workers = workers;
    this.#startWaiting();
  }

  /** Resolves when the burst has had its CPU time. */
  burst(ms: number, owner: BurstOwner): Promise<void> {
    return new Promise((done) => {
      const burst = { ms, owner, done };
      if (this.#running < this.#workers) {
        this.#start(burst);
      } else {
        this.#settle();
        this.#line.push(burst);
      }
    });
  }

  /** Integral over time of the number of waiting bursts, in burst-seconds. */
  waitedSeconds(): number {
    this.#settle();
    return this.#waitedMs / 1000;
  }

  #start(burst: Burst): void {
    if (burst.owner.abandoned) {
      burst.done();
      return;
    }
    this.#running++;
    this.#work(burst.ms, () => {
      this.#running--;
      burst.done();
      this.#startWaiting();
    });
  }

  #startWaiting(): void {
    while (this.#running < this.#workers) {
      this.#settle();
      const next = this.#line.shift();
      if (next === undefined) return;
      this.#start(next);
    }
  }

  #settle(): void {
    const nowMs = this.#clock();
    this.#waitedMs += this.#line.length * (nowMs - this.#settledAtMs);
    this.#settledAtMs = nowMs;
  }
}
