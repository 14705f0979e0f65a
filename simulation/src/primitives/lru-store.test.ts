import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LruStore } from './lru-store.ts';

/** The most recently used item first. */
class NaiveLru {
  items: number[] = [];
  capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  lookUp(item: number): boolean {
    if (!this.items.includes(item)) return false;
    this.items = [item, ...this.items.filter((other) => other !== item)];
    return true;
  }

  fill(item: number): void {
    if (!this.items.includes(item)) this.items = [item, ...this.items];
    this.items = this.items.slice(0, this.capacity);
  }
}

describe('LruStore', () => {
  it('agrees with a list in order of use', () => {
    const item = fc.nat(11);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ what: fc.constant('lookUp'), item }) },
      { weight: 6, arbitrary: fc.record({ what: fc.constant('fill'), item }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constant('forget'), item }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('resize', 'clear'), item }) },
    );
    fc.assert(
      fc.property(fc.nat(8), fc.array(step, { maxLength: 200 }), (capacity, steps) => {
        const store = new LruStore(12, capacity);
        const naive = new NaiveLru(capacity);
        for (const { what, item: which } of steps) {
          if (what === 'lookUp') expect(store.lookUp(which)).toBe(naive.lookUp(which));
          else if (what === 'fill') {
            store.fill(which);
            naive.fill(which);
          } else if (what === 'forget') {
            store.forget(which);
            naive.items = naive.items.filter((other) => other !== which);
          } else if (what === 'clear') {
            store.clear();
            naive.items = [];
          } else {
            store.capacity = which;
            naive.capacity = which;
            naive.items = naive.items.slice(0, which);
          }
          expect(store.size).toBe(naive.items.length);
        }
        const present = Array.from({ length: 12 }, (_, i) => store.lookUp(i));
        expect(present).toEqual(Array.from({ length: 12 }, (_, i) => naive.items.includes(i)));
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('tells hits over look-ups since it was last asked, null without any', () => {
    const store = new LruStore(3, 3);
    expect(store.takeHitRatio()).toBeNull();
    store.fill(1);
    for (const item of [0, 1, 1, 2]) store.lookUp(item);
    expect(store.takeHitRatio()).toBe(0.5);
    expect(store.takeHitRatio()).toBeNull();
  });

  it('holds nothing without capacity', () => {
    const store = new LruStore(3, 0);
    store.fill(1);
    expect([store.size, store.lookUp(1)]).toEqual([0, false]);
  });
});
