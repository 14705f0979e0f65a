import type { RandomStream } from '../kernel/random.ts';

/**
 * An open-loop arrival process whose rate may change at any instant. Between arrivals a fixed
 * "exposure" (rate times time) must pass: one for evenly spaced arrivals, a unit exponential draw for
 * Poisson arrivals; a change of rate keeps the exposure that is left.
 */
export class Arrivals {
  /** When the next request arrives; infinity while the rate is zero. */
  nextMs = Number.POSITIVE_INFINITY;
  /** Arrivals so far. */
  count = 0;
  readonly #stream: RandomStream;
  readonly #spacing: 'poisson' | 'uniform';
  #perMs = 0;
  /** Begins as a number: V8 then changes it in place, where it would make an object of each draw. */
  #exposure = 0;
  #settledMs = 0;

  constructor(stream: RandomStream, spacing: 'poisson' | 'uniform') {
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
    this.#setNext();
  }

  /** The next request has arrived; the one after it is on its way. */
  advance(): void {
    this.count++;
    this.#settledMs = this.nextMs;
    this.#exposure = this.#draw();
    this.#setNext();
  }

  #setNext(): void {
    this.nextMs =
      this.#perMs > 0 ? this.#settledMs + this.#exposure / this.#perMs : Number.POSITIVE_INFINITY;
  }

  #draw(): number {
    return this.#spacing === 'uniform' ? 1 : this.#stream.exponential(1);
  }
}
