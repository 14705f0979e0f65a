import { describe, expect, it } from 'vitest';
import type { Measurement } from '../protocol/index.ts';
import { rowsOf } from '../testing/situation.ts';
import { gameSimulator, SHARES, SMALL_TOWN, withoutLink } from '../testing/small-town.ts';

describe('a cache', () => {
  const read = { perSecond: 20, shares: { browse: 1 } };

  it('spares the databases what it has, and its absence costs nothing but that', () => {
    const withCache = rowsOf({ topology: SMALL_TOWN, ...read });
    const without = rowsOf({
      topology: withoutLink(withoutLink(SMALL_TOWN, 'web-1', 'cache'), 'web-2', 'cache'),
      ...read,
    });
    const reads = (row: typeof withCache) => row('replica').offered;
    const hits = withCache('cache').hitRatio ?? 0;
    expect(hits).toBeGreaterThan(0.2);
    expect(Math.abs(reads(without) - without('*').offered * 2)).toBeLessThan(10);
    expect(reads(withCache) / (withCache('*').offered * 2)).toBeCloseTo(1 - hits, 1);
  });

  it('that is down counts as a miss, not as a failure', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(20, { browse: 1 });
    simulator.runUntil(5_000);
    simulator.closeWindow(SMALL_TOWN, () => 0);
    simulator.restart('cache');
    simulator.runUntil(5_900);
    const rows = simulator.closeWindow(SMALL_TOWN, () => 0);
    const row = (id: string) => rows.find(({ node }) => node === id) as Measurement;
    // The calls under way at the restart were lost; all others were answered without the cache.
    expect(row('cache').errors['node-down'] ?? 0).toBeLessThanOrEqual(1);
    expect(row('*').errors['node-down'] ?? 0).toBeLessThanOrEqual(1);
    expect(row('*').served).toBeGreaterThan(10);
    expect(row('replica').offered).toBeGreaterThan(20);
  });

  it('forgets what is written and is empty after a restart', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(20, SHARES);
    simulator.runUntil(30_000);
    const store = simulator.topology.get('cache')?.store;
    const size = store?.size ?? 0;
    expect(size).toBeGreaterThan(100);
    simulator.setLoad(20, { signup: 1 });
    simulator.runUntil(60_000);
    expect(store?.size).toBeLessThan(size);
    simulator.restart('cache');
    expect(store?.size).toBe(0);
  });
});
