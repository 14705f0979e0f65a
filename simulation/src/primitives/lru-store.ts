/**
 * A bounded set of items, numbered densely from 0, that drops the least recently used one when it is
 * full. It holds which items are there, not what they contain.
 */
export class LruStore {
  readonly #next: Int32Array;
  readonly #prev: Int32Array;
  readonly #present: Uint8Array;
  #head = -1;
  #tail = -1;
  #size = 0;
  #capacity: number;
  #hits = 0;
  #lookUps = 0;

  constructor(items: number, capacity: number) {
    this.#next = new Int32Array(items).fill(-1);
    this.#prev = new Int32Array(items).fill(-1);
    this.#present = new Uint8Array(items);
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  set capacity(capacity: number) {
    this.#capacity = capacity;
    while (this.#size > capacity) this.forget(this.#tail);
  }

  /** Whether the item is there; a hit makes it the most recently used. */
  lookUp(item: number): boolean {
    this.#lookUps++;
    if (this.#present[item] !== 1) return false;
    this.#hits++;
    if (this.#head !== item) {
      this.#unlink(item);
      this.#linkFirst(item);
    }
    return true;
  }

  fill(item: number): void {
    if (this.#capacity <= 0 || this.#present[item] === 1) return;
    if (this.#size >= this.#capacity) this.forget(this.#tail);
    this.#present[item] = 1;
    this.#size++;
    this.#linkFirst(item);
  }

  forget(item: number): void {
    if (this.#present[item] !== 1) return;
    this.#unlink(item);
    this.#present[item] = 0;
    this.#size--;
  }

  clear(): void {
    while (this.#tail >= 0) this.forget(this.#tail);
  }

  /** Hits over look-ups since the last call, null when there were none. */
  takeHitRatio(): number | null {
    const ratio = this.#lookUps === 0 ? null : this.#hits / this.#lookUps;
    this.#hits = 0;
    this.#lookUps = 0;
    return ratio;
  }

  #linkFirst(item: number): void {
    this.#prev[item] = -1;
    this.#next[item] = this.#head;
    if (this.#head >= 0) this.#prev[this.#head] = item;
    else this.#tail = item;
    this.#head = item;
  }

  #unlink(item: number): void {
    const before = this.#prev[item] as number;
    const after = this.#next[item] as number;
    if (before >= 0) this.#next[before] = after;
    else this.#head = after;
    if (after >= 0) this.#prev[after] = before;
    else this.#tail = before;
  }
}
