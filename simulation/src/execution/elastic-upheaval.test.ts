import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import { type NodeOf, SIZES, type Topology, type TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { runningGame } from '../testing/game.ts';
import { withNode, withoutNode } from '../testing/small-town.ts';
import type { Simulator } from './simulator.ts';

const position = { x: 0, y: 0 };
const entry: NodeOf<'api-gateway'> = {
  kind: 'api-gateway',
  id: 'entry',
  size: 'L',
  position,
  classes: { chat: 'gate' },
};

/** All that is elastic: chat comes to a socket gateway, the rest to a service and a function in turn. */
const TOWN: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position },
    entry,
    { kind: 'load-balancer', id: 'balancer', size: 'M', position, policy: 'least-connections' },
    { kind: 'socket-gateway', id: 'gate', size: 'S', position, users: 500, idleSeconds: 5 },
    { kind: 'container', id: 'service', size: 'S', position, stabilisationSeconds: 15 },
    { kind: 'serverless', id: 'function', size: 'M', position, keepAliveSeconds: 5 },
    { kind: 'sql-primary', id: 'primary', size: 'S', position },
  ],
  links: [
    ['clients', 'entry'],
    ['entry', 'gate'],
    ['entry', 'balancer'],
    ['balancer', 'service'],
    ['balancer', 'function'],
    ['gate', 'service'],
    ['service', 'primary'],
    ['function', 'primary'],
  ].map(([from = '', to = '']) => ({ from, to })),
};
const ELASTIC = ['gate', 'service', 'function'] as const;

const times = { revenue: 0, onTimeMs: 500, timeoutMs: 3_000 };
const chat = { operations: ['message' as const, 'write' as const], ...times };
const SHARES = { home: 30, browse: 40, signup: 10, chat: 20 };

/** What a player does to one of them: `figure` is a size's place, or an option's value. */
interface Deed {
  readonly do: 'restart' | 'remove' | 'bring-back' | 'resize' | 'configure' | 'load';
  readonly node: number;
  readonly figure: number;
}

function configured(node: TopologyNode, figure: number): TopologyNode {
  switch (node.kind) {
    case 'container':
      return { ...node, replicas: 1 + (figure % 3), maxReplicas: 1 + (figure % 7) };
    case 'serverless':
      return { ...node, concurrencyLimit: 1 + figure, keepAliveSeconds: figure % 10 };
    case 'socket-gateway':
      return { ...node, users: 1 + figure * 10, idleSeconds: figure % 8 };
    default:
      return node;
  }
}

function after(topology: Topology, deed: Deed, simulator: Simulator): Topology {
  const id = ELASTIC[deed.node % ELASTIC.length] as string;
  const node = topology.nodes.find((other) => other.id === id);
  switch (deed.do) {
    case 'restart':
      simulator.restart(id);
      return topology;
    case 'remove':
      return withoutNode(topology, id);
    case 'bring-back':
      return node === undefined ? TOWN : topology;
    case 'resize': {
      const size = SIZES[deed.figure % SIZES.length] ?? 'S';
      if (node === undefined || !('size' in node)) return topology;
      return withNode(topology, { ...node, size });
    }
    case 'configure':
      return node === undefined ? topology : withNode(topology, configured(node, deed.figure));
    case 'load':
      simulator.setLoad(deed.figure * 4, SHARES);
      return topology;
  }
}

/** Plays deeds two seconds apart and checks each window; the state at the end, when all has come to rest. */
function play(deeds: readonly Deed[]): string {
  const classes = { ...helloWorld.classes, chat };
  const simulator = runningGame(TOWN, { classes, seed: 5 });
  const accounts = new WindowAccounts();
  const look = (topology: Topology) => {
    const rows = simulator.closeWindow(topology, () => 0);
    expect(accounts.faultsIn(rows)).toEqual([]);
    const counts = rows.flatMap(({ instances }) => Object.values(instances ?? {}));
    expect(counts.filter((count) => count > 5_000)).toEqual([]);
  };
  let topology = TOWN;
  simulator.setLoad(60, SHARES);
  for (const deed of deeds) {
    simulator.runUntil(simulator.nowMs + 2_000);
    look(topology);
    topology = after(topology, deed, simulator);
    simulator.setTopology(topology, true);
  }
  simulator.setLoad(0, SHARES);
  simulator.runUntil(simulator.nowMs + 120_000);
  look(topology);
  simulator.runUntil(simulator.nowMs + 1_000);
  const hash = new StateHash();
  simulator.mixInto(hash);
  expect(unrestIn(simulator)).toEqual([]);
  for (const row of simulator.closeWindow(topology, () => 0)) {
    if (row.node === 'function') expect(row.instances).toMatchObject({ running: 0, starting: 0 });
    if (row.node === 'gate' || row.node === 'service') expect(row.connections?.used).toBe(0);
  }
  return hash.digest();
}

const deeds = fc.array(
  fc.record({
    do: fc.constantFrom('restart', 'remove', 'bring-back', 'resize', 'configure', 'load'),
    node: fc.integer({ min: 0, max: 2 }),
    figure: fc.integer({ min: 0, max: 60 }),
  } satisfies { [K in keyof Deed]: fc.Arbitrary<Deed[K]> }),
  { maxLength: 8 },
);

describe('elastic kinds, whatever a player does to them', () => {
  it('lose no request, and come to rest without one, a place or an idle instance left', () => {
    fc.assert(
      fc.property(deeds, (list) => void play(list)),
      { numRuns: 12, seed: 11 },
    );
  });

  it('do the same in every run', () => {
    const list = fc.sample(deeds, { numRuns: 3, seed: 3 });
    for (const one of list) expect(play(one)).toBe(play(one));
  });
});
