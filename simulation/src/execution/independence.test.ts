import { describe, expect, it } from 'vitest';
import type { Topology, TopologyNode } from '../protocol/index.ts';
import { runningGame } from '../testing/game.ts';
import { HAMLET } from '../testing/situation.ts';
import { gameSimulator, SHARES, SMALL_TOWN, withNode } from '../testing/small-town.ts';

/** Rows by node of ten seconds in which the load rises and a server restarts. */
function rowsOf(topology: Topology, seed = 7) {
  const simulator = gameSimulator(seed);
  simulator.setTopology(topology, false);
  for (let second = 0; second < 10; second++) {
    simulator.setLoad(20 + 5 * second, SHARES);
    if (second === 4) simulator.restart('web-2');
    simulator.runUntil((second + 1) * 1_000);
  }
  const rows = simulator.closeWindow(topology, () => 0);
  const [first, ...rest] = [...rows].sort((a, b) => (a.node < b.node ? -1 : 1));
  return { service: first, nodes: rest, order: rows.map(({ node }) => node) };
}

describe('what happens at a node', () => {
  const plain = rowsOf(SMALL_TOWN);

  it('does not depend on the order in which nodes were placed', () => {
    const turned = rowsOf({ nodes: [...SMALL_TOWN.nodes].reverse(), links: SMALL_TOWN.links });
    expect(turned.service).toEqual(plain.service);
    expect(turned.nodes).toEqual(plain.nodes);
  });

  it('does not depend on nodes that no link leads to', () => {
    const position = { x: 9, y: 9 };
    const spare: TopologyNode = { kind: 'sql-primary', id: 'spare', size: 'L', position };
    const more = rowsOf({ nodes: [spare, ...SMALL_TOWN.nodes], links: SMALL_TOWN.links });
    expect(more.service).toEqual(plain.service);
    expect(more.nodes.filter(({ node }) => node !== 'spare')).toEqual(plain.nodes);
  });

  it('depends on the seed, the sizes and the policy', () => {
    const balancer = SMALL_TOWN.nodes[1] as TopologyNode & { kind: 'load-balancer' };
    const primary = SMALL_TOWN.nodes[5] as TopologyNode & { kind: 'sql-primary' };
    const others = [
      rowsOf(SMALL_TOWN, 8),
      rowsOf(withNode(SMALL_TOWN, { ...balancer, policy: 'round-robin' })),
      rowsOf(withNode(SMALL_TOWN, { ...primary, size: 'M' })),
    ];
    for (const other of others) expect(other.nodes).not.toEqual(plain.nodes);
  });

  it('is told in the order of the topology, the whole service first', () => {
    expect(plain.order).toEqual(['*', ...SMALL_TOWN.nodes.slice(1).map(({ id }) => id)]);
  });
});

describe('a request class', () => {
  it('may have a name that every object has', () => {
    const timing = { operations: ['static' as const], revenue: 0, onTimeMs: 500, timeoutMs: 3_000 };
    const classes = { home: timing, constructor: timing } as never;
    const simulator = runningGame(HAMLET, { classes });
    simulator.setLoad(10, { home: 1 });
    simulator.runUntil(10_000);
    const [row] = simulator.closeWindow(HAMLET, () => 0);
    expect(row?.offered).toBeGreaterThan(50);
    expect(row?.goodByClass).toEqual({ home: row?.good, constructor: 0 });
  });
});

describe('building for a long time', () => {
  it('takes no memory for programs that the node had before', () => {
    const simulator = gameSimulator(1);
    const apart: Topology = { nodes: SMALL_TOWN.nodes, links: SMALL_TOWN.links.slice(0, 3) };
    for (let i = 0; i < 3; i++) {
      simulator.setTopology(SMALL_TOWN, false);
      simulator.setTopology(apart, false);
    }
    const words = simulator.topology.text.words.length;
    for (let i = 0; i < 500; i++) simulator.setTopology(i % 2 === 0 ? SMALL_TOWN : apart, false);
    expect(simulator.topology.text.words.length).toBe(words);
  });

  it('takes no memory for the items of caches that are gone', () => {
    const simulator = gameSimulator(1);
    const without = { nodes: SMALL_TOWN.nodes.filter(({ id }) => id !== 'cache'), links: [] };
    simulator.setTopology(SMALL_TOWN, false);
    const gone = simulator.topology.get('cache');
    expect(gone?.store).not.toBeNull();
    simulator.setTopology(without, false);
    expect(gone?.store).toBeNull();
  });
});
