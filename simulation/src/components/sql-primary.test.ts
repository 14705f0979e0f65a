import { describe, expect, it } from 'vitest';
import type { NodeOf, Shards, Topology } from '../protocol/index.ts';
import { runningGame, windowOf } from '../testing/game.ts';
import { running, site } from '../testing/order-site.ts';
import { CLIENTS, HAMLET, PRIMARY, rowsOf, slow, WEB } from '../testing/situation.ts';
import { gameSimulator, withNode, withoutLink } from '../testing/small-town.ts';

const position = { x: 0, y: 0 };
type Primary = NodeOf<'sql-primary'>;

function townWith(options: Partial<Primary>, servers = 1): Topology {
  const primary: Primary = {
    kind: 'sql-primary',
    id: 'primary',
    size: 'S',
    position,
    ...options,
  };
  const webs = Array.from({ length: servers }, (_, i) => ({
    ...WEB,
    id: `web-${i + 1}`,
    size: 'XL' as const,
  }));
  const balancer = { kind: 'load-balancer', id: 'lb', size: 'S', position } as const;
  return {
    nodes: [CLIENTS, { ...balancer, policy: 'round-robin' }, ...webs, primary],
    links: [
      { from: 'clients', to: 'lb' },
      ...webs.flatMap(({ id }) => [
        { from: 'lb', to: id },
        { from: id, to: 'primary' },
      ]),
    ],
  };
}

describe('shards', () => {
  const overload = { perSecond: 250, shares: { browse: 1 } };

  it('by key multiply what the database serves', () => {
    const served = [null, 2, 4].map((count) => {
      const topology = townWith({ shards: count === null ? null : { by: 'key', count } }, 8);
      const row = rowsOf({ topology, ...overload, profile: slow({ 'sql-read': 10 }) })('primary');
      expect(row.utilisation).toBeGreaterThan(0.85);
      return row.served;
    });
    const [one = 1, two = 0, four = 0] = served;
    expect(two / one).toBeGreaterThan(1.7);
    expect(four / one).toBeGreaterThan(3.2);
    expect(four / one).toBeLessThan(4.2);
  });

  it('have connections of their own', () => {
    const row = rowsOf({ topology: townWith({ shards: { by: 'key', count: 4 } }), perSecond: 1 });
    expect(row('primary').connections?.limit).toBe(80);
  });

  it('by class keep a heavy class from slowing another down, and give one class no more', () => {
    const reads = (shards: Shards | null, shares: Record<string, number>) =>
      rowsOf({
        topology: townWith({ shards }, 8),
        perSecond: 200,
        shares,
        profile: slow({ 'sql-read': 10 }),
      })('primary').served;
    const alone = reads(null, { browse: 1 });
    expect(reads({ by: 'class', count: 4 }, { browse: 1 }) / alone).toBeCloseTo(1, 1);
    expect(reads({ by: 'class', count: 4 }, { browse: 1, search: 1 }) / alone).toBeGreaterThan(1.6);
  });
});

describe('writes that workers do for no class in particular', () => {
  const served = (shards: Shards | null) => {
    const profile = slow({ 'sql-write': 50 });
    const primary = { ...PRIMARY, size: 'L', shards } as Primary;
    const drawn = withNode(site({ workers: [{}, {}] }), primary);
    const { offer, run } = running({ profile }, 1, drawn);
    offer(70);
    run(10_000);
    return run(20_000)('primary').served;
  };

  it('go to all shards, even of a database that is sharded by class', () => {
    // A shard is one core, which does 20 such writes a second.
    expect(served(null)).toBeLessThan(20 * 20 + 2);
    expect(served({ by: 'class', count: 4 })).toBeGreaterThan(3 * 20 * 20);
    expect(served({ by: 'class', count: 4 })).toBe(served({ by: 'key', count: 4 }));
  });
});

describe('a synchronous commit', () => {
  const writes = { perSecond: 5, shares: { signup: 1 } };
  const profile = slow({ 'sql-write': 5, 'sql-flush': 20 });

  it('adds the flush to a write, and holds the row lock for it', () => {
    const off = rowsOf({ topology: townWith({}), ...writes, profile, hotRows: 1 })('primary');
    const on = rowsOf({
      topology: townWith({ synchronousCommit: true }),
      ...writes,
      profile,
      hotRows: 1,
    })('primary');
    const mean = (row: typeof on) => row.latency.sumMs / row.latency.count;
    expect(mean(on) - mean(off)).toBeGreaterThan(20);
    expect(on.lockWaits ?? 0).toBeGreaterThan(off.lockWaits ?? 0);
  });

  it('loses nothing in a crash; without it the writes since the last regular flush are gone', () => {
    const lost = (synchronousCommit: boolean) => {
      const topology = townWith({ synchronousCommit });
      const simulator = gameSimulator(1, slow({ 'sql-write': 1, 'sql-flush': 1 }));
      simulator.setTopology(topology, false);
      simulator.setLoad(100, { signup: 1 });
      let sum = 0;
      for (let atMs = 10_190; atMs <= 100_190; atMs += 10_000) {
        simulator.runUntil(atMs);
        simulator.closeWindow(topology, () => 0);
        simulator.restart('primary');
        const rows = simulator.closeWindow(topology, () => 0);
        sum += rows.find(({ node }) => node === 'primary')?.lostWrites ?? 0;
      }
      return sum;
    };
    expect(lost(true)).toBe(0);
    // Ten crashes, each 190 ms after a flush at 100 writes a second: 190 on average, Poisson.
    expect(Math.abs(lost(false) - 190)).toBeLessThan(4 * Math.sqrt(190));
  });
});

describe('synchronous replication', () => {
  const replica = { kind: 'sql-replica', id: 'replica', size: 'XL', position } as const;
  const townOf = (synchronousReplication: boolean): Topology => {
    const { nodes, links } = townWith({ synchronousReplication });
    return {
      nodes: [...nodes, replica],
      links: [...links, { from: 'primary', to: 'replica' }],
    };
  };
  const profile = slow({ 'sql-write': 5, 'sql-apply': 10 });
  const writes = { perSecond: 3, shares: { signup: 1 } };
  /** The town whose replica restarts after five seconds, and what the primary serves until a later instant. */
  const replicaRestarting = () => {
    const topology = townOf(true);
    const simulator = runningGame(topology, { profile: slow({ 'sql-apply': 1 }) });
    simulator.setLoad(writes.perSecond, writes.shares);
    simulator.runUntil(5_000);
    simulator.restart('replica');
    windowOf(simulator, topology);
    const served = (untilMs: number) => {
      simulator.runUntil(untilMs);
      return windowOf(simulator, topology)('primary').served;
    };
    return { simulator, served };
  };

  it('adds the way to the replica and back and its apply to a write', () => {
    const mean = (isSynchronous: boolean) => {
      const { latency } = rowsOf({ topology: townOf(isSynchronous), ...writes, profile })(
        'primary',
      );
      return latency.sumMs / latency.count;
    };
    // The link's 0.25 ms twice and the apply's 10 ms, and now and then a wait behind another apply.
    expect(mean(true) - mean(false)).toBeGreaterThan(10.499);
    expect(mean(true) - mean(false)).toBeLessThan(11);
  });

  it('loses no answered write in a promotion', () => {
    const lost = (isSynchronous: boolean) => {
      const before = townOf(isSynchronous);
      const simulator = gameSimulator(1, slow({ 'sql-apply': 1_500 }));
      simulator.setTopology(before, false);
      simulator.setLoad(3, { signup: 1 });
      simulator.runUntil(20_000);
      simulator.closeWindow(before, () => 0);
      const after: Topology = {
        nodes: before.nodes.map((node) =>
          node.id === 'replica' ? { ...replica, kind: 'sql-primary' } : node,
        ),
        links: before.links.filter(({ from }) => from !== 'primary'),
      };
      simulator.setTopology(after, true);
      const rows = simulator.closeWindow(after, () => 0);
      return rows.find(({ node }) => node === 'replica')?.lostWrites;
    };
    expect(lost(true)).toBe(0);
    expect(lost(false)).toBeGreaterThan(3);
  });

  it('stops all writes while the replica is down, and lets them go on once it has caught up', () => {
    const { served } = replicaRestarting();
    expect(served(9_900)).toBe(0);
    expect(served(11_000)).toBeGreaterThan(5);
  });

  it('waits for nobody any more once the link to the replica is cut', () => {
    const { simulator, served } = replicaRestarting();
    expect(served(6_500)).toBe(0);
    simulator.setTopology(withoutLink(townOf(true), 'primary', 'replica'), true);
    expect(served(6_510)).toBeGreaterThan(2);
  });
});

describe('a primary without options', () => {
  it('has none of their figures', () => {
    const row = rowsOf({ topology: HAMLET, perSecond: 5 })('primary');
    expect(Object.keys(row)).not.toContain('lostWrites');
    expect(Object.keys(row)).not.toContain('writeConflicts');
  });
});
