import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIZES, type Topology } from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import {
  gameSimulator,
  SHARES,
  SMALL_TOWN,
  withNode,
  withoutLink,
  withoutNode,
} from '../testing/small-town.ts';
import type { Simulator } from './simulator.ts';

const OVERLOAD = 120;

/** Something a player does to the running town. */
type Deed =
  | { readonly do: 'restart' | 'remove' | 'bring-back'; readonly node: number }
  | { readonly do: 'resize'; readonly node: number; readonly size: number }
  | { readonly do: 'disconnect' | 'reconnect'; readonly link: number }
  | { readonly do: 'load'; readonly perSecond: number };

/** The town after a deed; deeds that make no sense change nothing. */
function after(topology: Topology, deed: Deed, simulator: Simulator): Topology {
  const { nodes, links } = SMALL_TOWN;
  switch (deed.do) {
    case 'restart':
      simulator.restart(nodes[deed.node]?.id ?? '');
      return topology;
    case 'remove':
      return withoutNode(topology, nodes[deed.node]?.id ?? '');
    case 'bring-back': {
      const node = nodes[deed.node];
      if (node === undefined || topology.nodes.some(({ id }) => id === node.id)) return topology;
      return { nodes: [...topology.nodes, node], links: topology.links };
    }
    case 'resize': {
      const node = topology.nodes[deed.node];
      const size = SIZES[deed.size] ?? 'S';
      return node !== undefined && 'size' in node
        ? withNode(topology, { ...node, size })
        : topology;
    }
    case 'disconnect': {
      const link = links[deed.link];
      return link === undefined ? topology : withoutLink(topology, link.from, link.to);
    }
    case 'reconnect': {
      const link = links[deed.link];
      const has = (id: string) => topology.nodes.some((node) => node.id === id);
      if (link === undefined || !has(link.from) || !has(link.to)) return topology;
      return {
        nodes: topology.nodes,
        links: [...withoutLink(topology, link.from, link.to).links, link],
      };
    }
    case 'load':
      simulator.setLoad(deed.perSecond, SHARES);
      return topology;
  }
}

/** Stops the load, lets all requests end, and checks what can be said of every node that ever was. */
function expectEmptied(simulator: Simulator): void {
  simulator.setLoad(0, SHARES);
  simulator.runUntil(simulator.nowMs + 60_000);
  expect(unrestIn(simulator)).toEqual([]);
}

function play(seed: number, deeds: readonly { readonly forMs: number; readonly deed: Deed }[]) {
  const simulator = gameSimulator(seed);
  let topology = SMALL_TOWN;
  simulator.setTopology(topology, false);
  simulator.setLoad(OVERLOAD, SHARES);
  const accounts = new WindowAccounts();
  const close = () => {
    const rows = simulator.closeWindow(topology, () => 1);
    expect(accounts.faultsIn(rows)).toEqual([]);
  };
  for (const { forMs, deed } of deeds) {
    simulator.runUntil(simulator.nowMs + forMs);
    close();
    topology = after(topology, deed, simulator);
    simulator.setTopology(topology, true);
  }
  simulator.runUntil(simulator.nowMs + 500);
  close();
  return simulator;
}

describe('requests in the game', () => {
  it('are all accounted for at every node, and obey Little’s law, in calm and in overload', () => {
    for (const perSecond of [5, 40, 400]) {
      const simulator = play(perSecond, [
        { forMs: 1, deed: { do: 'load', perSecond } },
        { forMs: 20_000, deed: { do: 'load', perSecond } },
      ]);
      expectEmptied(simulator);
      const client = simulator.topology.get('clients')?.meter;
      expect(client?.everOffered).toBeGreaterThan(perSecond * 15);
    }
  });

  it('are all accounted for when the store of rows has to grow', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(3_000, SHARES);
    simulator.runUntil(4_000);
    expect(simulator.inFlight).toBeGreaterThan(300);
    expectEmptied(simulator);
  });

  it('are all accounted for through restarts, removals, resizes and cut links in full load', () => {
    const node = fc.nat(SMALL_TOWN.nodes.length - 1);
    const link = fc.nat(SMALL_TOWN.links.length - 1);
    const deed: fc.Arbitrary<Deed> = fc.oneof(
      fc.record({ do: fc.constantFrom('restart', 'remove', 'bring-back'), node }),
      fc.record({ do: fc.constant('resize'), node, size: fc.nat(3) }),
      fc.record({ do: fc.constantFrom('disconnect', 'reconnect'), link }),
      fc.record({ do: fc.constant('load'), perSecond: fc.constantFrom(0, 20, OVERLOAD, 1_000) }),
    );
    const deeds = fc.array(fc.record({ forMs: fc.integer({ min: 1, max: 1_500 }), deed }), {
      maxLength: 25,
      size: 'max',
    });
    fc.assert(
      fc.property(fc.nat(1_000), deeds, (seed, list) => expectEmptied(play(seed, list))),
      { seed: 12, numRuns: 60 },
    );
  });
});

describe('a link in a window', () => {
  it('starts from nothing when it is drawn again', () => {
    const simulator = gameSimulator(3);
    const cut = withoutLink(SMALL_TOWN, 'primary', 'replica');
    const apart = withoutLink(cut, 'web-1', 'cache');
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(50, SHARES);
    simulator.runUntil(1_500);
    simulator.setTopology(apart, true);
    simulator.runUntil(2_000);
    simulator.closeLinkWindows(apart);
    simulator.setLoad(0, SHARES);
    simulator.runUntil(20_000);
    simulator.setTopology(SMALL_TOWN, true);
    simulator.runUntil(21_000);
    const drawn = simulator.closeLinkWindows(SMALL_TOWN);
    expect(drawn.find(({ from, to }) => from === 'web-1' && to === 'cache')).toEqual({
      from: 'web-1',
      to: 'cache',
      calls: {},
      failed: 0,
      meanMs: null,
    });
  });
});
