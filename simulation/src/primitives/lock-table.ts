import type { Jobs } from './jobs.ts';
import { WaitList } from './wait-list.ts';

/** Exclusive locks by key (rows of a table), each with its own line. */
export class LockTable {
  readonly #jobs: Jobs;
  readonly #locks = new Map<number, WaitList>();
  #waiting = 0;
  #area = 0;
  #areaAtMs = 0;

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** True when the job has the lock now; otherwise it waits. */
  lock(key: number, job: number, nowMs: number): boolean {
    const line = this.#locks.get(key);
    if (line === undefined) {
      this.#locks.set(key, new WaitList(this.#jobs));
      return true;
    }
    this.#count(1, nowMs);
    line.push(job);
    return false;
  }

  /** Frees a held lock; the job that has it now, or -1. */
  unlock(key: number, nowMs: number): number {
    const line = this.#locks.get(key) as WaitList;
    if (line.length === 0) {
      this.#locks.delete(key);
      return -1;
    }
    this.#count(-1, nowMs);
    return line.shift();
  }

  /** Takes a waiting job out of the line. */
  leave(key: number, job: number, nowMs: number): void {
    this.#count(-1, nowMs);
    (this.#locks.get(key) as WaitList).remove(job);
  }

  /** Integral of the number of waiting jobs over time, in job-milliseconds. */
  waitingArea(nowMs: number): number {
    this.#count(0, nowMs);
    return this.#area;
  }

  #count(change: number, nowMs: number): void {
    this.#area += this.#waiting * (nowMs - this.#areaAtMs);
    this.#areaAtMs = nowMs;
    this.#waiting += change;
  }
}
