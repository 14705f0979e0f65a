import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LfuOrder } from './lfu-order.ts';
import { LruOrder } from './lru-order.ts';

const ITEMS = 64;
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('ask', 'ask', 'add', 'add', 'add', 'remove', 'push-out'),
    item: fc.nat(ITEMS - 1),
  }),
  { maxLength: 400, size: 'max' },
);

describe('LruOrder', () => {
  it('pushes out what was used least recently, whatever joins and leaves', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const order = new LruOrder(ITEMS);
        let used: number[] = [];
        expect(order.victim()).toBe(-1);
        for (const { what, item } of script) {
          const present = used.includes(item);
          const others = used.filter((other) => other !== item);
          if (what === 'ask') {
            order.asked(item, present);
            if (present) used = [...others, item];
          } else if (what === 'add' && !present) {
            order.add(item);
            used.push(item);
          } else if (what === 'remove' && present) {
            order.remove(item);
            used = others;
          } else if (what === 'push-out' && used.length > 0) {
            order.remove(order.victim());
            used.shift();
          }
          expect(order.victim()).toBe(used[0] ?? -1);
        }
        order.reset();
        expect(order.victim()).toBe(-1);
      }),
      { seed: 31, numRuns: 100 },
    );
  });
});

/** Counts and latest times of questions, compared pair by pair. */
class Popularity {
  readonly #count = new Array<number>(ITEMS).fill(0);
  readonly #askedAt = new Array<number>(ITEMS).fill(0);
  #asked = 0;

  ask(item: number): void {
    this.#count[item] = (this.#count[item] as number) + 1;
    this.#askedAt[item] = ++this.#asked;
  }

  isBelow(one: number, other: number): boolean {
    const fewer = (this.#count[one] as number) - (this.#count[other] as number);
    return (
      fewer < 0 || (fewer === 0 && (this.#askedAt[one] as number) < Number(this.#askedAt[other]))
    );
  }
}

describe('LfuOrder', () => {
  it('pushes out what nothing else is below, and admits what is not below that', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const order = new LfuOrder(ITEMS);
        const popularity = new Popularity();
        const present = new Set<number>();
        const leave = (item: number) => {
          order.remove(item);
          present.delete(item);
        };
        for (const { what, item } of script) {
          if (what === 'ask') {
            popularity.ask(item);
            order.asked(item, present.has(item));
          } else if (what === 'add' && !present.has(item)) {
            order.add(item);
            present.add(item);
          } else if (what === 'remove' && present.has(item)) leave(item);
          else if (what === 'push-out' && present.size > 0) leave(order.victim());
          const victim = order.victim();
          if (present.size === 0) expect(victim).toBe(-1);
          else {
            expect(present.has(victim)).toBe(true);
            expect([...present].filter((other) => popularity.isBelow(other, victim))).toEqual([]);
            expect(order.admits(item, victim)).toBe(!popularity.isBelow(item, victim));
          }
        }
      }),
      { seed: 32, numRuns: 100 },
    );
  });

  it('has learnt nothing after a reset', () => {
    const order = new LfuOrder(ITEMS);
    for (const item of [1, 2, 2]) order.asked(item, false);
    order.reset();
    expect(order.victim()).toBe(-1);
    expect([order.admits(1, 2), order.admits(2, 1), order.admits(3, 2)]).toEqual([
      true,
      true,
      true,
    ]);
    for (const item of [2, 1]) order.asked(item, false);
    expect([order.admits(1, 2), order.admits(2, 1)]).toEqual([true, false]);
  });
});
