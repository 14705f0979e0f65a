import type { Jobs } from './jobs.ts';
import type { Station, StationLimit, StationSurroundings } from './station.ts';
import { WaitList } from './wait-list.ts';

/**
 * A disk that makes commits durable, one flush at a time: a flush takes along all commits that wait when
 * it begins, and as long as the first of them demands. Those that come meanwhile go with the next one.
 */
export class GroupCommit implements Station {
  readonly #around: StationSurroundings;
  readonly #jobs: Jobs;
  /** What the present flush takes along, and what waits for the next. */
  #flushing: WaitList;
  #line: WaitList;
  #isBusy = false;
  #sinceMs = 0;
  #usedMs = 0;
  #area = 0;
  #areaAtMs = 0;

  constructor(around: StationSurroundings, jobs: Jobs) {
    this.#around = around;
    this.#jobs = jobs;
    this.#flushing = new WaitList(jobs);
    this.#line = new WaitList(jobs);
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** A disk has no CPU limit. */
  configure(_: StationLimit): void {}

  submit(job: number, nowMs: number): void {
    this.#settleArea(nowMs);
    this.#jobs.queuedMs[job] = nowMs;
    this.#line.push(job);
    if (!this.#isBusy) this.#flush(nowMs);
  }

  onEvent(_: number, nowMs: number): void {
    this.#usedMs += nowMs - this.#sinceMs;
    this.#sinceMs = nowMs;
    const done = this.#flushing;
    for (let job = done.shift(); job >= 0; job = done.shift()) this.#around.done(job);
    this.#settleArea(nowMs);
    if (this.#line.length > 0) this.#flush(nowMs);
    else this.#isBusy = false;
  }

  /** The time of the flush that takes the job along. */
  attainedMs(job: number, _: number, nowMs: number): number {
    return this.#line.has(job) ? 0 : nowMs - this.#sinceMs;
  }

  oldestWaitMs(nowMs: number): number {
    const { first } = this.#line;
    return first < 0 ? 0 : nowMs - (this.#jobs.queuedMs[first] as number);
  }

  usedMs(nowMs: number): number {
    return this.#usedMs + (this.#isBusy ? nowMs - this.#sinceMs : 0);
  }

  waitingArea(nowMs: number): number {
    this.#settleArea(nowMs);
    return this.#area;
  }

  /** All that wait are flushed together. */
  #flush(nowMs: number): void {
    const first = this.#line.first;
    [this.#flushing, this.#line] = [this.#line, this.#flushing];
    this.#isBusy = true;
    this.#sinceMs = nowMs;
    const { queue, eventKind, index } = this.#around;
    queue.push(nowMs + (this.#jobs.demandMs[first] as number), eventKind, index, 0);
  }

  #settleArea(nowMs: number): void {
    this.#area += this.#line.length * (nowMs - this.#areaAtMs);
    this.#areaAtMs = nowMs;
  }
}
