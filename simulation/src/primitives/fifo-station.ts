import { CpuBucket } from './cpu-bucket.ts';
import type { Jobs } from './jobs.ts';
import type { Station, StationLimit, StationSurroundings } from './station.ts';
import { WaitList } from './wait-list.ts';

/**
 * First come, first served, by one or more servers: an event loop, or a few of them behind one port.
 * With several servers each has an even share of the quota.
 */
export class FifoStation implements Station {
  readonly #around: StationSurroundings;
  readonly #jobs: Jobs;
  readonly #line: WaitList;
  readonly #buckets: CpuBucket[] = [];
  /** The job in service by server, -1 when idle; the idle ones, of which the latest serves next. */
  readonly #serving: number[] = [];
  readonly #idle: number[] = [];
  #servers = 0;
  #busy = 0;
  #doneMs = 0;
  #area = 0;
  #areaAtMs = 0;

  constructor(around: StationSurroundings, jobs: Jobs) {
    this.#around = around;
    this.#jobs = jobs;
    this.#line = new WaitList(jobs);
  }

  get waiting(): number {
    return this.#line.length;
  }

  configure(limit: StationLimit, nowMs: number): void {
    this.#servers = limit.parallel;
    while (this.#buckets.length < limit.parallel) {
      this.#idle.push(this.#buckets.length);
      this.#buckets.push(new CpuBucket());
      this.#serving.push(-1);
    }
    for (const bucket of this.#buckets) {
      bucket.configure(limit.quotaMs / limit.parallel, limit.periodMs);
    }
    this.#serveWaiting(nowMs);
  }

  submit(job: number, nowMs: number): void {
    if (this.#busy < this.#servers) {
      this.#serve(job, nowMs);
      return;
    }
    this.#settleArea(nowMs);
    this.#jobs.queuedMs[job] = nowMs;
    this.#line.push(job);
  }

  onEvent(server: number, nowMs: number): void {
    const job = this.#serving[server] as number;
    this.#doneMs += this.#jobs.demandMs[job] as number;
    this.#serving[server] = -1;
    this.#idle.push(server);
    this.#busy--;
    this.#serveWaiting(nowMs);
    this.#around.done(job);
  }

  attainedMs(job: number, _: number, nowMs: number): number {
    const server = this.#serving.indexOf(job);
    return server < 0 ? 0 : (this.#buckets[server] as CpuBucket).usedBy(nowMs);
  }

  oldestWaitMs(nowMs: number): number {
    const { first } = this.#line;
    return first < 0 ? 0 : nowMs - (this.#jobs.queuedMs[first] as number);
  }

  usedMs(nowMs: number): number {
    let used = this.#doneMs;
    for (let server = 0; server < this.#serving.length; server++) {
      if (this.#serving[server] !== -1) used += (this.#buckets[server] as CpuBucket).usedBy(nowMs);
    }
    return used;
  }

  waitingArea(nowMs: number): number {
    this.#settleArea(nowMs);
    return this.#area;
  }

  #serveWaiting(nowMs: number): void {
    if (this.#line.length === 0) return;
    this.#settleArea(nowMs);
    while (this.#line.length > 0 && this.#busy < this.#servers) {
      const job = this.#line.shift();
      if (this.#jobs.cancelled[job] === 1) this.#jobs.demandMs[job] = 0;
      this.#serve(job, nowMs);
    }
  }

  #serve(job: number, nowMs: number): void {
    const server = this.#idle.pop() as number;
    this.#serving[server] = job;
    this.#busy++;
    const bucket = this.#buckets[server] as CpuBucket;
    const endMs = bucket.spend(nowMs, this.#jobs.demandMs[job] as number);
    this.#around.queue.push(endMs, this.#around.eventKind, this.#around.index, server);
  }

  #settleArea(nowMs: number): void {
    this.#area += this.#line.length * (nowMs - this.#areaAtMs);
    this.#areaAtMs = nowMs;
  }
}
