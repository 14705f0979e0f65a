import type { Jobs } from './jobs.ts';
import type { Station, StationLimit, StationSurroundings } from './station.ts';

/**
 * Every job runs on a CPU of its own (a station with infinitely many servers), at the limit's share of
 * a core; a share over one makes no job faster, since a job is one thread.
 */
export class IndependentStation implements Station {
  readonly #around: StationSurroundings;
  readonly #jobs: Jobs;
  #speed = 1;
  #running = 0;
  #usedMs = 0;
  #settledMs = 0;

  readonly waiting = 0;

  constructor(around: StationSurroundings, jobs: Jobs) {
    this.#around = around;
    this.#jobs = jobs;
  }

  /** A burst that has begun keeps its end. */
  configure({ quotaMs, periodMs }: StationLimit, nowMs: number): void {
    this.#settle(nowMs);
    this.#speed = Math.min(1, quotaMs / periodMs);
  }

  submit(job: number, nowMs: number): void {
    this.#settle(nowMs);
    this.#running++;
    const endMs = nowMs + (this.#jobs.demandMs[job] as number) / this.#speed;
    this.#around.queue.push(endMs, this.#around.eventKind, this.#around.index, job);
  }

  onEvent(job: number, nowMs: number): void {
    this.#settle(nowMs);
    this.#running--;
    this.#around.done(job);
  }

  /** Exact unless the speed has changed meanwhile. */
  attainedMs(job: number, sinceMs: number, nowMs: number): number {
    return Math.min(this.#jobs.demandMs[job] as number, (nowMs - sinceMs) * this.#speed);
  }

  /** Nobody waits for a turn. */
  oldestWaitMs(): number {
    return 0;
  }

  /** Exact but for bursts that were running when the speed changed. */
  usedMs(nowMs: number): number {
    this.#settle(nowMs);
    return this.#usedMs;
  }

  waitingArea(): number {
    return 0;
  }

  #settle(nowMs: number): void {
    this.#usedMs += this.#running * this.#speed * (nowMs - this.#settledMs);
    this.#settledMs = nowMs;
  }
}
