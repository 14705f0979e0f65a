import type { EvictionPolicy } from '../protocol/index.ts';
import { DirtyItems } from './dirty-items.ts';
import type { EvictionOrder } from './eviction-order.ts';
import { LfuOrder } from './lfu-order.ts';
import { LruOrder } from './lru-order.ts';

export interface StoreLimits {
  /** Most items it holds at once. */
  readonly capacity: number;
  readonly eviction: EvictionPolicy;
  /** How long after its latest fill an item is there; null while nothing pushes it out. */
  readonly ttlMs: number | null;
  /** Room for dirty items beside the others, and how long one waits for its flush at most; null: it takes no writes. */
  readonly writeBack: { readonly items: number; readonly flushMs: number } | null;
}

const ORDERS = {
  lru: LruOrder,
  lfu: LfuOrder,
} satisfies Record<EvictionPolicy, new (items: number) => EvictionOrder>;

/**
 * A bounded set of items, numbered densely from 0. It holds which items are there, not what they contain.
 * An item past its time to live takes room until it is asked for or pushed out; a dirty one is there until it is flushed.
 */
export class Store {
  readonly #items: number;
  readonly #present: Uint8Array;
  #limits: StoreLimits;
  #order: EvictionOrder;
  /** When each item was filled; kept while items have a time to live. */
  #filledMs: Float64Array | null = null;
  /** What is yet to be written to where it lasts; null before the store has taken any write. */
  dirty: DirtyItems | null = null;
  /** How long a dirty item waits for its flush at most, as the latest limits with write-back said. */
  flushMs = 0;
  #size = 0;
  #hits = 0;
  #lookUps = 0;

  constructor(items: number, limits: StoreLimits) {
    this.#items = items;
    this.#present = new Uint8Array(items);
    this.#order = new ORDERS[limits.eviction](items);
    this.#limits = limits;
    this.#keepTimes(0);
    this.#limitDirty();
  }

  /** Items it holds, those past their time included. */
  get size(): number {
    return this.#size;
  }

  /** New limits: what no longer fits goes by the new order; a new order has learnt nothing yet, a new time to live counts from now. */
  configure(limits: StoreLimits, nowMs: number): void {
    const before = this.#limits;
    this.#limits = limits;
    if (limits.eviction !== before.eviction) this.#reorder();
    if ((limits.ttlMs === null) !== (before.ttlMs === null)) this.#keepTimes(nowMs);
    this.#limitDirty();
    while (this.#size > limits.capacity) this.forget(this.#order.victim());
  }

  /** Whether the item is there, and counts as one look-up. */
  lookUp(item: number, nowMs: number): boolean {
    this.#lookUps++;
    if (this.#isExpired(item, nowMs)) this.forget(item);
    const present = this.#present[item] === 1;
    this.#order.asked(item, present);
    const hit = present || (this.dirty?.has(item) ?? false);
    if (hit) this.#hits++;
    return hit;
  }

  /** Puts the item in, or its new content; its time to live begins. */
  fill(item: number, nowMs: number): void {
    if (this.#present[item] !== 1 && !this.#makeRoom(item)) return;
    if (this.#filledMs !== null) this.#filledMs[item] = nowMs;
  }

  forget(item: number): void {
    if (this.#present[item] !== 1) return;
    this.#order.remove(item);
    this.#present[item] = 0;
    this.#size--;
  }

  /** As after a restart: empty, with nothing learnt; the answer is how many writes are lost by it. */
  clear(): number {
    this.#present.fill(0);
    this.#size = 0;
    this.#order.reset();
    return this.dirty?.clear() ?? 0;
  }

  /** Hits over look-ups since the last call, null when there were none. */
  takeHitRatio(): number | null {
    const ratio = this.#lookUps === 0 ? null : this.#hits / this.#lookUps;
    this.#hits = 0;
    this.#lookUps = 0;
    return ratio;
  }

  #makeRoom(item: number): boolean {
    if (this.#limits.capacity <= 0) return false;
    if (this.#size >= this.#limits.capacity) {
      const victim = this.#order.victim();
      if (!this.#order.admits(item, victim)) return false;
      this.forget(victim);
    }
    this.#present[item] = 1;
    this.#size++;
    this.#order.add(item);
    return true;
  }

  #isExpired(item: number, nowMs: number): boolean {
    const { ttlMs } = this.#limits;
    if (ttlMs === null || this.#filledMs === null || this.#present[item] !== 1) return false;
    return nowMs - (this.#filledMs[item] as number) >= ttlMs;
  }

  #reorder(): void {
    this.#order = new ORDERS[this.#limits.eviction](this.#items);
    for (let item = 0; item < this.#items; item++) {
      if (this.#present[item] === 1) this.#order.add(item);
    }
  }

  /** Without write-back what is dirty still is flushed, but nothing joins it. */
  #limitDirty(): void {
    const { writeBack } = this.#limits;
    if (writeBack !== null) {
      this.flushMs = writeBack.flushMs;
      this.dirty ??= new DirtyItems(this.#items, writeBack.items);
    }
    if (this.dirty !== null) this.dirty.limit = writeBack?.items ?? 0;
  }

  #keepTimes(nowMs: number): void {
    this.#filledMs = this.#limits.ttlMs === null ? null : new Float64Array(this.#items).fill(nowMs);
  }
}
