import type { RandomStream } from '../kernel/random.ts';

/**
 * Copies of a data set of which one takes a write at once and the others a fixed time later, while a read
 * asks any of them (eventual consistency). It holds when each item was written last, not what was written.
 */
export class Copies {
  readonly #writtenMs: Float64Array;
  /** Which copy answers a read. */
  readonly stream: RandomStream;
  /** How many copies there are, at least one, and how far the others are behind the first. */
  count = 1;
  lagMs = 0;

  constructor(items: number, stream: RandomStream) {
    this.#writtenMs = new Float64Array(items).fill(Number.NEGATIVE_INFINITY);
    this.stream = stream;
  }

  write(item: number, nowMs: number): void {
    this.#writtenMs[item] = nowMs;
  }

  /** Whether a read of the item gets an answer older than its latest write. */
  readsStale(item: number, nowMs: number): boolean {
    const copy = Math.floor(this.stream.nextFloat() * this.count);
    return copy > 0 && nowMs - (this.#writtenMs[item] as number) < this.lagMs;
  }
}
