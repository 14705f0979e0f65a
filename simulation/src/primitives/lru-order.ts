import type { EvictionOrder } from './eviction-order.ts';

/** Least recently used first: every use puts an item at the head of a list. All steps take constant time. */
export class LruOrder implements EvictionOrder {
  readonly #next: Int32Array;
  readonly #prev: Int32Array;
  #head = -1;
  #tail = -1;

  constructor(items: number) {
    this.#next = new Int32Array(items).fill(-1);
    this.#prev = new Int32Array(items).fill(-1);
  }

  asked(item: number, present: boolean): void {
    if (!present || this.#head === item) return;
    this.remove(item);
    this.add(item);
  }

  add(item: number): void {
    this.#prev[item] = -1;
    this.#next[item] = this.#head;
    if (this.#head >= 0) this.#prev[this.#head] = item;
    else this.#tail = item;
    this.#head = item;
  }

  remove(item: number): void {
    const before = this.#prev[item] as number;
    const after = this.#next[item] as number;
    if (before >= 0) this.#next[before] = after;
    else this.#head = after;
    if (after >= 0) this.#prev[after] = before;
    else this.#tail = before;
  }

  victim(): number {
    return this.#tail;
  }

  admits(): boolean {
    return true;
  }

  reset(): void {
    this.#head = -1;
    this.#tail = -1;
  }
}
