/**
 * Items whose latest writes are held in memory only, until a flush has written them to where they last
 * (write-back). Writes of one item in between are one write later. Items are numbered densely from 0.
 */
export class DirtyItems {
  /** Most items that may be dirty at once. */
  limit: number;
  /** Writes of each item that no flush has taken yet, and those of the flush under way. */
  readonly #held: Uint32Array;
  readonly #taken: Uint32Array;
  /** Dirty items that no flush has, in the order in which they became dirty: a ring. */
  readonly #ring: Int32Array;
  #first = 0;
  #waiting = 0;
  #size = 0;
  #writes = 0;

  constructor(items: number, limit: number) {
    this.limit = limit;
    this.#held = new Uint32Array(items);
    this.#taken = new Uint32Array(items);
    this.#ring = new Int32Array(items);
  }

  /** Dirty items, those in a flush included. */
  get size(): number {
    return this.#size;
  }

  /** Dirty items that no flush has taken yet. */
  get waiting(): number {
    return this.#waiting;
  }

  has(item: number): boolean {
    return (this.#held[item] as number) + (this.#taken[item] as number) > 0;
  }

  /** Accepts a write of the item; false when there is no room for another dirty item. */
  write(item: number): boolean {
    if (!this.has(item)) {
      if (this.#size >= this.limit) return false;
      this.#size++;
      this.#enqueue(item);
    }
    this.#held[item] = (this.#held[item] as number) + 1;
    this.#writes++;
    return true;
  }

  /** Takes the item that has been dirty for longest into a flush, -1 when none waits. */
  takeOldest(): number {
    if (this.#waiting === 0) return -1;
    const item = this.#ring[this.#first] as number;
    this.#first = (this.#first + 1) % this.#ring.length;
    this.#waiting--;
    this.#taken[item] = this.#held[item] as number;
    this.#held[item] = 0;
    return item;
  }

  /** The flush of an item has ended: it is clean unless it was written meanwhile. Nothing if no flush has it. */
  flushed(item: number): void {
    if (this.#taken[item] === 0) return;
    this.#writes -= this.#taken[item] as number;
    this.#taken[item] = 0;
    if (this.has(item)) this.#enqueue(item);
    else this.#size--;
  }

  /** The flush of an item has failed: it waits again. Nothing if no flush has it. */
  failed(item: number): void {
    if (this.#taken[item] === 0) return;
    this.#held[item] = (this.#held[item] as number) + (this.#taken[item] as number);
    this.#taken[item] = 0;
    this.#enqueue(item);
  }

  /** Loses everything; the answer is how many accepted writes that were. */
  clear(): number {
    const lost = this.#writes;
    this.#held.fill(0);
    this.#taken.fill(0);
    this.#first = 0;
    this.#waiting = 0;
    this.#size = 0;
    this.#writes = 0;
    return lost;
  }

  #enqueue(item: number): void {
    this.#ring[(this.#first + this.#waiting) % this.#ring.length] = item;
    this.#waiting++;
  }
}
