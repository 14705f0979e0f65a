import { describe, expect, it } from 'vitest';
import type { Measurement, Topology, TopologyNode } from '../protocol/index.ts';
import { rowsOf } from '../testing/situation.ts';
import { gameSimulator, SHARES, SMALL_TOWN, withoutLink } from '../testing/small-town.ts';
import { StoreRun, storeTown } from '../testing/store-town.ts';

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

describe('several caches of an application', () => {
  const cache = (id: string, size: 'S' | 'M') =>
    ({ kind: 'cache', id, size, eviction: 'lru', position: { x: 0, y: 0 } }) as const;

  /** The store town with these caches instead of its own, linked in this order. */
  const townWith = (...caches: ReturnType<typeof cache>[]): Topology => {
    const town = storeTown();
    return {
      nodes: [...town.nodes.filter(({ kind }) => kind !== 'cache'), ...caches],
      links: [
        ...town.links.filter(({ from, to }) => from !== 'cache' && to !== 'cache'),
        ...caches.map(({ id }) => ({ from: 'web', to: id })),
      ],
    };
  };
  const data = { items: 20_000, hotRows: 20_000 };
  const reads = { report: 1 };

  it('each keep their part of the items, so that two are as good as one of twice the memory', () => {
    const missesOf = (topology: Topology) => {
      const run = new StoreRun(topology, { data });
      run.run(120_000, 150, reads);
      return run.run(60_000, 150, reads)('primary').offered;
    };
    const twoSmall = missesOf(townWith(cache('a', 'S'), cache('b', 'S')));
    const oneMedium = missesOf(townWith(cache('a', 'M')));
    const oneSmall = missesOf(townWith(cache('a', 'S')));
    expect(Math.abs(twoSmall - oneMedium)).toBeLessThan(0.03 * oneMedium);
    expect(oneSmall).toBeGreaterThan(1.1 * oneMedium);
  });

  it('are each asked for the same items by servers that were linked to them in another order', () => {
    const { nodes, links } = townWith(cache('a', 'S'), cache('b', 'S'));
    const web = nodes.find(({ id }) => id === 'web') as TopologyNode;
    const others = links.filter(({ from }) => from === 'web').toReversed();
    const topology = {
      nodes: [...nodes, { ...web, id: 'other' }],
      links: [
        ...links,
        { from: 'edge', to: 'other' },
        ...others.map(({ to }) => ({ from: 'other', to })),
      ],
    };
    const few = { items: 10, hotRows: 10, zipfExponent: 0, hotRowExponent: 0 };
    const run = new StoreRun(topology, { data: few });
    const sizes = () => ['a', 'b'].map((id) => run.simulator.topology.get(id)?.store?.size);
    run.run(10_000, 100, reads);
    expect(sizes()).toEqual([5, 5]);
    // What is written is forgotten, wherever it is and whoever writes it.
    run.run(10_000, 50, { order: 1 });
    expect(sizes()).toEqual([0, 0]);
  });

  it('leave the part of one that is down to the database, and answer the rest', () => {
    const run = new StoreRun(townWith(cache('a', 'S'), cache('b', 'S')), {
      data: { items: 10, hotRows: 10, zipfExponent: 0 },
    });
    run.run(10_000, 100, reads);
    const crash = { kind: 'crash', id: 'crash', target: { node: 'a' } } as const;
    run.simulator.beginFault({ ...crash, durationSeconds: null });
    const row = run.run(60_000, 100, reads);
    expect(row('primary').offered / row('web').offered).toBeCloseTo(0.5, 1);
    expect(row('b').hitRatio).toBe(1);
    expect(row('*').errors['node-down'] ?? 0).toBeLessThanOrEqual(1);
  });
});
