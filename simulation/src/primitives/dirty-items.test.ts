import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirtyItems } from './dirty-items.ts';

const ITEMS = 6;

describe('DirtyItems', () => {
  it('loses no write and counts none twice, whatever flushes end well or badly', () => {
    const item = fc.nat(ITEMS - 1);
    const what = fc.constantFrom('write', 'write', 'take', 'flushed', 'failed');
    const script = fc.array(fc.tuple(what, item), { maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(fc.nat(ITEMS), script, (limit, steps) => {
        const dirty = new DirtyItems(ITEMS, limit);
        const held = new Array<number>(ITEMS).fill(0);
        const taken = new Array<number>(ITEMS).fill(0);
        for (const [action, which] of steps) {
          if (action === 'write') {
            if (dirty.write(which)) held[which] = (held[which] as number) + 1;
          } else if (action === 'take') {
            const oldest = dirty.takeOldest();
            if (oldest < 0) continue;
            expect(taken[oldest]).toBe(0);
            taken[oldest] = held[oldest] as number;
            held[oldest] = 0;
          } else {
            if (action === 'flushed') dirty.flushed(which);
            else dirty.failed(which);
            if (action === 'failed')
              held[which] = (held[which] as number) + (taken[which] as number);
            taken[which] = 0;
          }
          const writes = held.map((count, i) => count + (taken[i] as number));
          expect(dirty.size).toBe(writes.filter((count) => count > 0).length);
          expect(dirty.size).toBeLessThanOrEqual(limit);
          expect(dirty.waiting).toBe(dirty.size - taken.filter((count) => count > 0).length);
        }
        expect(dirty.clear()).toBe([...held, ...taken].reduce((sum, count) => sum + count, 0));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('has nothing dirty after it was cleared, neither waiting nor in a flush', () => {
    const dirty = new DirtyItems(ITEMS, ITEMS);
    for (const item of [1, 2, 2]) dirty.write(item);
    expect(dirty.takeOldest()).toBe(1);
    expect([dirty.clear(), dirty.size, dirty.waiting, dirty.takeOldest()]).toEqual([3, 0, 0, -1]);
    expect([dirty.has(1), dirty.has(2)]).toEqual([false, false]);
    dirty.flushed(1);
    dirty.failed(1);
    expect([dirty.size, dirty.clear()]).toEqual([0, 0]);
  });

  it('gives the item first that has been dirty for longest', () => {
    const dirty = new DirtyItems(ITEMS, ITEMS);
    for (const item of [3, 1, 3, 2]) dirty.write(item);
    expect([dirty.takeOldest(), dirty.takeOldest()]).toEqual([3, 1]);
    dirty.failed(3);
    expect([2, 3, -1]).toEqual([dirty.takeOldest(), dirty.takeOldest(), dirty.takeOldest()]);
  });
});
