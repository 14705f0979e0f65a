import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { TopologyNode } from '../protocol/index.ts';
import { CLIENTS, HAMLET, PRIMARY, rowsOf, slow, WEB } from '../testing/situation.ts';
import { CATALOG } from './catalog.ts';

const COMPUTER = { ...WEB, kind: 'vm-high-cpu' } as TopologyNode;

/** CPU time in milliseconds that a request takes there. */
function cpuMs(server: TopologyNode, shares: Readonly<Record<string, number>>): number {
  const topology = { ...HAMLET, nodes: [CLIENTS, server, PRIMARY] };
  const row = rowsOf({ topology, perSecond: 4, shares })('web-1');
  return ((row.utilisation ?? 0) * 0.25 * 10_000) / row.served;
}

describe('a high-CPU machine', () => {
  it('computes 2.5 times as fast in the game’s cloud', () => {
    const { demands } = DEFAULT_PROFILE;
    const factor = demands['app-compute'].meanMs / demands['high-cpu-compute'].meanMs;
    expect(factor).toBeCloseTo(2.5, 12);
  });

  it('spends its own work on compute operations', () => {
    const topology = { ...HAMLET, nodes: [CLIENTS, COMPUTER, PRIMARY] };
    const profile = slow({ 'app-compute': 1_000, 'app-read': 0, 'high-cpu-compute': 10 });
    const row = rowsOf({ topology, profile, perSecond: 10, shares: { search: 1 } });
    expect(row('web-1').utilisation).toBeCloseTo((10 * 0.01) / 0.25, 1);
  });

  it('takes less of its CPU for a search, and as much for the rest', () => {
    // A search is three reads of 3 ms and one compute operation.
    expect(cpuMs(WEB, { search: 1 })).toBeCloseTo(34, -1);
    expect(cpuMs(COMPUTER, { search: 1 }) / cpuMs(WEB, { search: 1 })).toBeCloseTo(19 / 34, 1);
    expect(cpuMs(COMPUTER, { home: 1 }) / cpuMs(WEB, { home: 1 })).toBeCloseTo(1, 1);
  });

  it('costs more in every size', () => {
    const basics = CATALOG['vm-basic'].sizes;
    CATALOG['vm-high-cpu'].sizes.forEach((entry, i) => {
      expect(entry.price).toBeGreaterThan(basics[i]?.price ?? 0);
      expect(entry.costPerHour).toBeGreaterThan(basics[i]?.costPerHour ?? 0);
    });
  });
});
