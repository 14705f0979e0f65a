import { EventQueue } from '../kernel/event-queue.ts';
import { type Jobs, resized } from './jobs.ts';
import {
  ROUNDING_MS,
  type Station,
  type StationLimit,
  type StationSurroundings,
} from './station.ts';

/**
 * Processor sharing over cores under a quota: a database with a process a connection. All jobs
 * progress at the same rate, so one clock of attained service (`#attained`) orders their ends; it
 * stands still while the quota of the period is used up.
 */
export class SharedStation implements Station {
  readonly #around: StationSurroundings;
  readonly #jobs: Jobs;
  /** Jobs by the attained service at which they end. */
  readonly #ends = new EventQueue(64);
  /** By job: the attained service at which it came. */
  #begins = new Float64Array(64);
  #cores = 1;
  #quotaMs = 1;
  #periodMs = 1;
  #attained = 0;
  #settledMs = 0;
  #period = 0;
  #usedInPeriodMs = 0;
  #usedMs = 0;
  #area = 0;
  /** Version of the only event that counts; older ones are ignored. */
  #version = 0;

  constructor(around: StationSurroundings, jobs: Jobs) {
    this.#around = around;
    this.#jobs = jobs;
  }

  get waiting(): number {
    return Math.max(0, this.#ends.size - this.#atOnce);
  }

  configure(limit: StationLimit, nowMs: number): void {
    this.#settle(nowMs);
    this.#cores = limit.parallel;
    this.#quotaMs = limit.quotaMs;
    if (limit.periodMs !== this.#periodMs) {
      this.#periodMs = limit.periodMs;
      this.#enterPeriod(Math.floor(nowMs / limit.periodMs));
    }
    this.#arm(nowMs);
  }

  submit(job: number, nowMs: number): void {
    this.#settle(nowMs);
    if (job >= this.#begins.length) {
      this.#begins = resized(this.#begins, new Float64Array(this.#jobs.demandMs.length));
    }
    this.#begins[job] = this.#attained;
    this.#ends.push(this.#attained + (this.#jobs.demandMs[job] as number), 0, job, 0);
    this.#arm(nowMs);
  }

  onEvent(version: number, nowMs: number): void {
    if (version !== this.#version) return;
    this.#settle(nowMs);
    while (this.#ends.peekTimeMs() <= this.#attained + ROUNDING_MS) {
      this.#ends.pop();
      this.#around.done(this.#ends.a);
    }
    if (this.#ends.size === 0) this.#attained = 0;
    this.#arm(nowMs);
  }

  attainedMs(job: number, _: number, nowMs: number): number {
    this.#settle(nowMs);
    return this.#attained - (this.#begins[job] as number);
  }

  /** Nobody waits for a turn. */
  oldestWaitMs(): number {
    return 0;
  }

  usedMs(nowMs: number): number {
    this.#settle(nowMs);
    return this.#usedMs;
  }

  waitingArea(nowMs: number): number {
    this.#settle(nowMs);
    return this.#area;
  }

  /** How many jobs the limit can carry at full speed. */
  get #atOnce(): number {
    return Math.max(1, Math.min(this.#cores, Math.ceil(this.#quotaMs / this.#periodMs)));
  }

  /** CPU time spent per millisecond while there is quota. */
  get #burn(): number {
    return Math.min(this.#ends.size, this.#cores);
  }

  #settle(nowMs: number): void {
    this.#area += this.waiting * (nowMs - this.#settledMs);
    while (this.#settledMs < nowMs) {
      const boundaryMs = (this.#period + 1) * this.#periodMs;
      if (this.#ends.size === 0) {
        this.#settledMs = nowMs;
        break;
      }
      const untilMs = Math.min(nowMs, boundaryMs);
      if (untilMs > this.#settledMs) this.#progress(untilMs - this.#settledMs);
      this.#settledMs = Math.max(this.#settledMs, untilMs);
      if (boundaryMs <= this.#settledMs) this.#enterPeriod(this.#period + 1);
    }
    const period = Math.floor(nowMs / this.#periodMs);
    if (period > this.#period) this.#enterPeriod(period);
  }

  #enterPeriod(period: number): void {
    this.#period = period;
    this.#usedInPeriodMs = 0;
  }

  #progress(forMs: number): void {
    const burn = this.#burn;
    const used = Math.min(burn * forMs, Math.max(0, this.#quotaMs - this.#usedInPeriodMs));
    this.#usedInPeriodMs += used;
    this.#usedMs += used;
    this.#attained += used / this.#ends.size;
  }

  /** Schedules the next end; while the quota is used up, its refill. */
  #arm(nowMs: number): void {
    this.#version = (this.#version + 1) | 0;
    if (this.#ends.size === 0) return;
    const { queue, eventKind, index } = this.#around;
    queue.push(this.#nextEnd(nowMs), eventKind, index, this.#version);
  }

  #nextEnd(nowMs: number): number {
    const burn = this.#burn;
    const cpuMs = Math.max(0, (this.#ends.peekTimeMs() - this.#attained) * this.#ends.size);
    const boundaryMs = (this.#period + 1) * this.#periodMs;
    const quotaMs = this.#quotaMs - this.#usedInPeriodMs;
    const firstMs = Math.max(0, Math.min(quotaMs, (boundaryMs - nowMs) * burn));
    if (cpuMs <= firstMs + ROUNDING_MS) return nowMs + Math.min(cpuMs, firstMs) / burn;
    const restMs = cpuMs - firstMs;
    const periodCpuMs = Math.min(this.#quotaMs, this.#periodMs * burn);
    const periods = Math.max(0, Math.ceil((restMs - ROUNDING_MS) / periodCpuMs) - 1);
    return boundaryMs + periods * this.#periodMs + (restMs - periods * periodCpuMs) / burn;
  }
}
