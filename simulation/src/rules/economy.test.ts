import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editCost, tradeCost } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { createEconomy, InstantPrices, payForEdit, settleSecond } from './economy.ts';

describe('a trade', () => {
  it('costs the difference upwards and brings half of it back downwards', () => {
    expect([tradeCost(0, 60), tradeCost(60, 160), tradeCost(160, 60), tradeCost(60, 0)]).toEqual([
      60, 100, -50, -30,
    ]);
  });

  it('at one instant costs what the net change costs, by whatever way', () => {
    const worth = fc.constantFrom(0, 60, 160, 400, 960);
    fc.assert(
      fc.property(worth, fc.array(worth, { minLength: 1, maxLength: 8 }), (start, way) => {
        let from: number = start;
        const paid = way.reduce<number>((sum, to) => {
          const cost = editCost(start, from, to);
          from = to;
          return sum + cost;
        }, 0);
        expect(paid).toBeCloseTo(tradeCost(start, from), 9);
      }),
      { seed: 31, numRuns: 200 },
    );
  });
});

describe('InstantPrices', () => {
  it('takes an edit back for nothing while time stands still, and for half later', () => {
    const prices = new InstantPrices();
    expect(prices.cost('vm a', 0, 60, 5)).toBe(60);
    prices.record('vm a', 0, 5);
    expect(prices.cost('vm a', 60, 0, 5)).toBe(-60);
    expect(prices.cost('vm a', 60, 0, 6)).toBe(-30);
  });

  it('remembers the worth before the first edit of the instant only', () => {
    const prices = new InstantPrices();
    prices.record('vm a', 160, 0);
    prices.record('vm a', 60, 0);
    expect(prices.cost('vm a', 60, 160, 0)).toBe(50);
    prices.record('vm b', 0, 1);
    expect(prices.cost('vm a', 60, 160, 1)).toBe(100);
  });

  it('keeps articles apart', () => {
    const prices = new InstantPrices();
    prices.record('vm a', 60, 0);
    expect(prices.cost('replica a', 0, 100, 0)).toBe(100);
  });
});

describe('the economy', () => {
  it('books what is paid and what comes back apart', () => {
    const economy = createEconomy(200);
    payForEdit(economy, 60);
    payForEdit(economy, -30);
    payForEdit(economy, 0);
    expect(economy).toEqual({
      money: 170,
      spentOnBuilding: 60,
      spentOnRunning: 0,
      refunded: 30,
      earned: 0,
    });
  });

  it('settles a second: an hour’s cost by the seconds of an hour, revenue by good requests', () => {
    const economy = createEconomy(100);
    const earned = settleSecond(economy, helloWorld, 120, { home: 10, signup: 2 });
    expect(earned).toBeCloseTo(10 * 0.005 + 2 * 0.03, 12);
    expect(economy.money).toBeCloseTo(100 - 2 + 0.11, 12);
    expect([economy.spentOnRunning, economy.earned]).toEqual([2, earned]);
  });
});
