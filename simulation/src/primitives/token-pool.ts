import type { Jobs } from './jobs.ts';
import { WaitList } from './wait-list.ts';

export type Taken = 'granted' | 'waiting' | 'refused';

export interface PoolLimit {
  readonly tokens: number;
  /** Jobs that may wait for a token; more are refused. */
  readonly maxWaiting: number;
}

/** A number of equal tokens (connections, places in a backlog) and the line of those who wait for one. */
export class TokenPool {
  readonly #line: WaitList;
  #limit: PoolLimit = { tokens: 0, maxWaiting: 0 };
  #used = 0;
  #mostUsed = 0;

  constructor(jobs: Jobs) {
    this.#line = new WaitList(jobs);
  }

  get used(): number {
    return this.#used;
  }

  get waiting(): number {
    return this.#line.length;
  }

  get tokens(): number {
    return this.#limit.tokens;
  }

  /** A smaller limit takes nothing back: tokens in use run out. After a larger one, `admit` whoever waits. */
  configure(limit: PoolLimit): void {
    this.#limit = limit;
  }

  take(job: number): Taken {
    if (this.#used < this.#limit.tokens) {
      this.#used++;
      if (this.#used > this.#mostUsed) this.#mostUsed = this.#used;
      return 'granted';
    }
    if (this.#line.length >= this.#limit.maxWaiting) return 'refused';
    this.#line.push(job);
    return 'waiting';
  }

  /** Gives a token back; the job that gets it now, or -1. */
  give(): number {
    if (this.#used <= this.#limit.tokens && this.#line.length > 0) return this.#line.shift();
    this.#used--;
    return -1;
  }

  /** The job that waited longest gets a free token; -1 when none waits or none is free. */
  admit(): number {
    if (this.#used >= this.#limit.tokens || this.#line.length === 0) return -1;
    this.#used++;
    if (this.#used > this.#mostUsed) this.#mostUsed = this.#used;
    return this.#line.shift();
  }

  /** Takes a waiting job out of the line. */
  leave(job: number): void {
    this.#line.remove(job);
  }

  /** Most tokens used at once since the last call. */
  takeMostUsed(): number {
    const most = this.#mostUsed;
    this.#mostUsed = this.#used;
    return most;
  }
}
