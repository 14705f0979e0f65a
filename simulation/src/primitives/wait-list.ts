import type { Jobs } from './jobs.ts';

/** A first-come-first-served line of jobs; joining, leaving and being cut out all take constant time. */
export class WaitList {
  readonly #jobs: Jobs;
  #head = -1;
  #tail = -1;
  #length = 0;

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  get length(): number {
    return this.#length;
  }

  /** The job that waited longest, which stays; -1 when none waits. */
  get first(): number {
    return this.#head;
  }

  /** Whether a job stands in this list; looks at all that wait. */
  has(job: number): boolean {
    let other = this.#head;
    while (other >= 0 && other !== job) other = this.#jobs.next[other] as number;
    return other >= 0;
  }

  push(job: number): void {
    const { next, prev } = this.#jobs;
    prev[job] = this.#tail;
    next[job] = -1;
    if (this.#tail >= 0) next[this.#tail] = job;
    else this.#head = job;
    this.#tail = job;
    this.#length++;
  }

  /** The job that waited longest, or -1. */
  shift(): number {
    const job = this.#head;
    if (job >= 0) this.remove(job);
    return job;
  }

  /** Cuts out a job that stands in this list. */
  remove(job: number): void {
    const { next, prev } = this.#jobs;
    const before = prev[job] as number;
    const after = next[job] as number;
    if (before >= 0) next[before] = after;
    else this.#head = after;
    if (after >= 0) prev[after] = before;
    else this.#tail = before;
    next[job] = -1;
    prev[job] = -1;
    this.#length--;
  }
}
