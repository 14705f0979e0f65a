import type { StateHash } from '../kernel/state-hash.ts';

/** What a program loses: memory with each request and with time. */
export interface LeakRate {
  readonly mibPerRequest: number;
  readonly mibPerMs: number;
}

/** Memory that a program takes and never gives back, until it is started anew. */
export class Leak {
  readonly #memoryMiB: number;
  #rate: LeakRate;
  #lostMiB = 0;
  #settledMs: number;

  /** `sinceMs`: when it begins; time before that loses nothing. */
  constructor(rate: LeakRate, memoryMiB: number, sinceMs: number) {
    this.#rate = rate;
    this.#memoryMiB = memoryMiB;
    this.#settledMs = sinceMs;
  }

  lostMiB(nowMs: number): number {
    return this.#lostMiB + this.#rate.mibPerMs * Math.max(0, nowMs - this.#settledMs);
  }

  /** A request came; true when the memory is full now. */
  add(nowMs: number): boolean {
    this.#settle(nowMs);
    this.#lostMiB += this.#rate.mibPerRequest;
    return this.isFull(nowMs);
  }

  isFull(nowMs: number): boolean {
    return this.fullAtMs() <= nowMs;
  }

  /** When the memory will be full if no request comes; infinity when time loses nothing. */
  fullAtMs(): number {
    const leftMiB = this.#memoryMiB - this.#lostMiB;
    if (leftMiB <= 0) return this.#settledMs;
    return this.#rate.mibPerMs > 0
      ? this.#settledMs + leftMiB / this.#rate.mibPerMs
      : Number.POSITIVE_INFINITY;
  }

  /** Loses at another rate from now on; what is lost stays lost. */
  change(rate: LeakRate, nowMs: number): void {
    this.#settle(nowMs);
    this.#rate = rate;
  }

  /** All memory is given back; it leaks again from `sinceMs` on. */
  reset(sinceMs: number): void {
    this.#lostMiB = 0;
    this.#settledMs = sinceMs;
  }

  mixInto(hash: StateHash): void {
    hash.mixFloat(this.#lostMiB);
    hash.mixFloat(this.#settledMs);
  }

  #settle(nowMs: number): void {
    this.#lostMiB = this.lostMiB(nowMs);
    this.#settledMs = Math.max(this.#settledMs, nowMs);
  }
}
