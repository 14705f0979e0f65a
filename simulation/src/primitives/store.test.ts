import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVICTION_POLICIES, type EvictionPolicy } from '../protocol/index.ts';
import { Store, type StoreLimits } from './store.ts';

const ITEMS = 12;

function limits(changes: Partial<StoreLimits> = {}): StoreLimits {
  return { capacity: 3, eviction: 'lru', ttlMs: null, writeBack: null, ...changes };
}

/** The same store with arrays: every item with what is known of it, the next victim found by sorting. */
class NaiveStore {
  present: number[] = [];
  readonly #asked = new Array<number>(ITEMS).fill(0);
  readonly #usedAt = new Array<number>(ITEMS).fill(0);
  readonly #filledMs = new Array<number>(ITEMS).fill(0);
  #clock = 0;
  limits: StoreLimits;

  constructor(of: StoreLimits) {
    this.limits = of;
  }

  lookUp(item: number, nowMs: number): boolean {
    const { ttlMs } = this.limits;
    if (ttlMs !== null && nowMs - (this.#filledMs[item] as number) >= ttlMs) this.forget(item);
    const hit = this.present.includes(item);
    this.#asked[item] = (this.#asked[item] as number) + 1;
    this.#clock++;
    if (hit || this.limits.eviction === 'lfu') this.#usedAt[item] = this.#clock;
    return hit;
  }

  fill(item: number, nowMs: number): void {
    if (!this.present.includes(item) && !this.#let(item)) return;
    this.#filledMs[item] = nowMs;
  }

  forget(item: number): void {
    this.present = this.present.filter((other) => other !== item);
  }

  clear(): void {
    this.present = [];
    this.#asked.fill(0);
    this.#usedAt.fill(0);
  }

  shrink(): void {
    while (this.present.length > this.limits.capacity) this.forget(this.#victim());
  }

  #let(item: number): boolean {
    if (this.limits.capacity === 0) return false;
    if (this.present.length >= this.limits.capacity) {
      const victim = this.#victim();
      if (this.limits.eviction === 'lfu' && this.#goesBefore(item, victim)) return false;
      this.forget(victim);
    }
    this.present.push(item);
    this.#clock++;
    if (this.limits.eviction === 'lru') this.#usedAt[item] = this.#clock;
    return true;
  }

  #victim(): number {
    return this.present.reduce((first, item) => (this.#goesBefore(item, first) ? item : first));
  }

  #goesBefore(a: number, b: number): boolean {
    const fewer = (this.#asked[a] as number) - (this.#asked[b] as number);
    if (this.limits.eviction === 'lfu' && fewer !== 0) return fewer < 0;
    return (this.#usedAt[a] as number) < (this.#usedAt[b] as number);
  }
}

const item = fc.nat(ITEMS - 1);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('lookUp'), item }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('fill'), item }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('forget'), item }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('resize', 'clear'), item }) },
);

function compare(
  eviction: EvictionPolicy,
  ttlMs: number | null,
  capacity: number,
  steps: readonly { what: string; item: number }[],
): void {
  const store = new Store(ITEMS, limits({ eviction, ttlMs, capacity }));
  const naive = new NaiveStore(limits({ eviction, ttlMs, capacity }));
  // LFU may push out any of several items that nobody asked for; once each was asked for, one is first.
  const askForAll = (nowMs: number) => {
    for (let which = 0; which < ITEMS && eviction === 'lfu'; which++) {
      expect(store.lookUp(which, nowMs)).toBe(naive.lookUp(which, nowMs));
    }
  };
  askForAll(0);
  steps.forEach(({ what, item: which }, nowMs) => {
    if (what === 'lookUp') expect(store.lookUp(which, nowMs)).toBe(naive.lookUp(which, nowMs));
    else if (what === 'fill') {
      store.fill(which, nowMs);
      naive.fill(which, nowMs);
    } else if (what === 'forget') {
      store.forget(which);
      naive.forget(which);
    } else if (what === 'clear') {
      store.clear();
      naive.clear();
      askForAll(nowMs);
    } else {
      naive.limits = limits({ eviction, ttlMs, capacity: which });
      store.configure(naive.limits, nowMs);
      naive.shrink();
    }
    expect(store.size).toBe(naive.present.length);
  });
  const end = steps.length;
  const present = Array.from({ length: ITEMS }, (_, i) => store.lookUp(i, end));
  expect(present).toEqual(Array.from({ length: ITEMS }, (_, i) => naive.lookUp(i, end)));
}

describe('Store', () => {
  it.each(
    EVICTION_POLICIES.flatMap((eviction) => [
      { eviction, ttlMs: null },
      { eviction, ttlMs: 9 },
    ]),
  )('agrees with a plain one for $eviction and a time to live of $ttlMs', ({ eviction, ttlMs }) => {
    fc.assert(
      fc.property(fc.nat(8), fc.array(step, { maxLength: 200, size: 'max' }), (capacity, steps) => {
        compare(eviction, ttlMs, capacity, steps);
      }),
      { seed: 10, numRuns: 200 },
    );
  });

  it('lets an item live from its latest fill on', () => {
    const store = new Store(ITEMS, limits({ ttlMs: 100 }));
    store.fill(1, 0);
    store.fill(1, 50);
    expect([149, 150, 151].map((nowMs) => store.lookUp(1, nowMs))).toEqual([true, false, false]);
    expect(store.size).toBe(0);
  });

  it('lets what it holds live from the moment on at which a time to live is set', () => {
    const store = new Store(ITEMS, limits());
    store.fill(1, 0);
    store.configure(limits({ ttlMs: 100 }), 1_000);
    expect([store.lookUp(1, 1_099), store.lookUp(1, 1_100)]).toEqual([true, false]);
  });

  it('keeps what it holds when its eviction changes, and pushes out by the new one', () => {
    const store = new Store(ITEMS, limits());
    for (const which of [1, 2, 3]) store.fill(which, 0);
    store.configure(limits({ eviction: 'lfu' }), 0);
    for (const which of [1, 1, 2, 3, 3, 4]) store.lookUp(which, 0);
    store.fill(4, 0);
    expect([1, 2, 3, 4].map((which) => store.lookUp(which, 0))).toEqual([true, false, true, true]);
  });

  it('tells hits over look-ups since it was last asked, null without any', () => {
    const store = new Store(3, limits());
    expect(store.takeHitRatio()).toBeNull();
    store.fill(1, 0);
    for (const which of [0, 1, 1, 2]) store.lookUp(which, 0);
    expect(store.takeHitRatio()).toBe(0.5);
    expect(store.takeHitRatio()).toBeNull();
  });

  it('has a dirty item whatever pushes it out, until it is flushed', () => {
    const store = new Store(ITEMS, limits({ capacity: 1, writeBack: { items: 2, flushMs: 10 } }));
    store.dirty?.write(1);
    store.fill(1, 0);
    store.fill(2, 0);
    expect([store.size, store.lookUp(1, 0)]).toEqual([1, true]);
    store.dirty?.flushed(store.dirty.takeOldest());
    expect(store.lookUp(1, 0)).toBe(false);
  });

  it('takes no more writes once they are not to wait any more, and keeps those that do', () => {
    const store = new Store(ITEMS, limits({ writeBack: { items: 2, flushMs: 10 } }));
    store.dirty?.write(1);
    store.configure(limits(), 0);
    expect([store.dirty?.write(2), store.dirty?.size]).toEqual([false, 1]);
    expect([store.clear(), store.clear()]).toEqual([1, 0]);
  });
});
