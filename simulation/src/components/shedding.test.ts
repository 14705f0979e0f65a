import { describe, expect, it } from 'vitest';
import { type Measurement, parse, TopologySchema } from '../protocol/index.ts';
import { CLIENTS, HAMLET, PRIMARY, rowsOf, WEB } from '../testing/situation.ts';

/** A server with one core, which does a static request in 2 ms and holds 128 of them. */
const town = (shedding: { targetMs: number } | null) => ({
  ...HAMLET,
  nodes: [CLIENTS, { ...WEB, size: 'L' as const, shedding }, PRIMARY],
});
const home = { shares: { home: 1 } };
const CAPACITY = 500;

const p95 = (row: Measurement) => row.latency.p95Ms ?? 0;

describe('a server that sheds load', () => {
  it('keeps its answers fast in overload, and does as much as one that does not', () => {
    const overload = { perSecond: 2 * CAPACITY, ...home };
    const shedding = rowsOf({ topology: town({ targetMs: 20 }), ...overload })('web-1');
    const not = rowsOf({ topology: town(null), ...overload })('web-1');
    expect(p95(not)).toBeGreaterThan(240);
    // Twenty Poisson arrivals in a target's time, of two milliseconds each: their mean and two deviations.
    expect(p95(shedding)).toBeLessThan(2 * (20 + 2 * Math.sqrt(20)));
    expect(shedding.served / not.served).toBeGreaterThan(0.9);
    expect(shedding.errors['load-shed']).toBeGreaterThan(0.8 * shedding.served);
    expect(shedding.errors['queue-full'] ?? 0).toBe(0);
  });

  it('sheds nothing at half load', () => {
    const row = rowsOf({ topology: town({ targetMs: 200 }), perSecond: CAPACITY / 2, ...home });
    expect(row('web-1').errors).toEqual({});
    expect(row('web-1').served).toBeGreaterThan(100);
  });

  it('has a target between a millisecond and ten seconds', () => {
    const accepted = (targetMs: number) => parse(TopologySchema, town({ targetMs })).ok;
    expect([1, 10_000].map(accepted)).toEqual([true, true]);
    expect([0, -5, 10_001, Number.NaN].map(accepted)).toEqual([false, false, false, false]);
  });
});
