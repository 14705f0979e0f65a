import type { EvictionOrder } from './eviction-order.ts';

/**
 * Least frequently used first. This is perfect LFU: it counts every time an item is asked for, also while it is not
 * in the store, and never lets a count grow old; an item that was asked for less often than the victim
 * is not let in. Under independent requests the store so comes to hold the most popular items. Among equals the
 * one that was asked for longest ago goes first. A heap over the items that are there: a step takes the
 * logarithm of their number at most.
 */
export class LfuOrder implements EvictionOrder {
  readonly #count: Uint32Array;
  /** When each item was asked for last, in look-ups since the beginning. */
  readonly #askedAt: Float64Array;
  /** Items by heap place, and the place of each item. */
  readonly #heap: Int32Array;
  readonly #place: Int32Array;
  #size = 0;
  #clock = 0;

  constructor(items: number) {
    this.#count = new Uint32Array(items);
    this.#askedAt = new Float64Array(items);
    this.#heap = new Int32Array(items);
    this.#place = new Int32Array(items);
  }

  asked(item: number, present: boolean): void {
    this.#count[item] = (this.#count[item] as number) + 1;
    this.#askedAt[item] = ++this.#clock;
    if (present) this.#sink(this.#place[item] as number);
  }

  add(item: number): void {
    this.#put(item, this.#size++);
    this.#rise(this.#size - 1);
  }

  remove(item: number): void {
    const place = this.#place[item] as number;
    const last = this.#heap[--this.#size] as number;
    if (last === item) return;
    this.#put(last, place);
    this.#rise(place);
    this.#sink(this.#place[last] as number);
  }

  victim(): number {
    return this.#size === 0 ? -1 : (this.#heap[0] as number);
  }

  admits(item: number, victim: number): boolean {
    return !this.#goesBefore(item, victim);
  }

  reset(): void {
    this.#count.fill(0);
    this.#askedAt.fill(0);
    this.#size = 0;
    this.#clock = 0;
  }

  #goesBefore(a: number, b: number): boolean {
    const difference = (this.#count[a] as number) - (this.#count[b] as number);
    return difference === 0
      ? (this.#askedAt[a] as number) < (this.#askedAt[b] as number)
      : difference < 0;
  }

  #rise(from: number): void {
    const item = this.#heap[from] as number;
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above] as number;
      if (!this.#goesBefore(item, other)) break;
      this.#put(other, place);
      place = above;
    }
    this.#put(item, place);
  }

  #sink(from: number): void {
    const item = this.#heap[from] as number;
    let place = from;
    for (;;) {
      const child = this.#firstChild(place);
      if (child < 0 || !this.#goesBefore(this.#heap[child] as number, item)) break;
      this.#put(this.#heap[child] as number, place);
      place = child;
    }
    this.#put(item, place);
  }

  /** The child that goes first, -1 without children. */
  #firstChild(place: number): number {
    const left = 2 * place + 1;
    if (left >= this.#size) return -1;
    const right = left + 1;
    const rightFirst =
      right < this.#size &&
      this.#goesBefore(this.#heap[right] as number, this.#heap[left] as number);
    return rightFirst ? right : left;
  }

  #put(item: number, place: number): void {
    this.#heap[place] = item;
    this.#place[item] = place;
  }
}
