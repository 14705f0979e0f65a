import type { EventQueue } from '../kernel/event-queue.ts';
import type { RandomStream } from '../kernel/random.ts';

/**
 * An open-loop arrival process whose rate may change at any instant. Between arrivals a fixed
 * "exposure" (rate times time) must pass: one for evenly spaced arrivals, a unit exponential draw for
 * Poisson arrivals; a change of rate keeps the exposure that is left.
 */
export class Arrivals {
  readonly #queue: EventQueue;
  readonly #eventKind: number;
  readonly #stream: RandomStream;
  readonly #spacing: 'poisson' | 'uniform';
  #perMs = 0;
  #exposure: number;
  #settledMs = 0;
  #version = 0;

  constructor(
    queue: EventQueue,
    eventKind: number,
    stream: RandomStream,
    spacing: 'poisson' | 'uniform',
  ) {
    this.#queue = queue;
    this.#eventKind = eventKind;
    this.#stream = stream;
    this.#spacing = spacing;
    this.#exposure = this.#draw();
  }

  setRate(perSecond: number, nowMs: number): void {
    const perMs = perSecond / 1000;
    if (perMs === this.#perMs) return;
    this.#exposure = Math.max(0, this.#exposure - (nowMs - this.#settledMs) * this.#perMs);
    this.#settledMs = nowMs;
    this.#perMs = perMs;
    this.#arm();
  }

  /** True when the event with this version is an arrival; the next one is then on its way. */
  accept(version: number, nowMs: number): boolean {
    if (version !== this.#version) return false;
    this.#settledMs = nowMs;
    this.#exposure = this.#draw();
    this.#arm();
    return true;
  }

  #arm(): void {
    this.#version = (this.#version + 1) | 0;
    if (this.#perMs <= 0) return;
    const atMs = this.#settledMs + this.#exposure / this.#perMs;
    this.#queue.push(atMs, this.#eventKind, this.#version, 0);
  }

  #draw(): number {
    return this.#spacing === 'uniform' ? 1 : this.#stream.exponential(1);
  }
}
