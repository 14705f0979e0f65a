import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import type { Measurement, Topology, TopologyNode } from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { CLIENTS, PRIMARY, WEB } from '../testing/situation.ts';
import { gameSimulator, withNode, withoutLink, withoutNode } from '../testing/small-town.ts';
import type { Simulator } from './simulator.ts';

const position = { x: 0, y: 0 };
const WORKER = { kind: 'worker', position, size: 'S' } as const;

/** A server, a queue with three workers in two groups, and a database. */
const POST: Topology = {
  nodes: [
    CLIENTS,
    WEB,
    { kind: 'queue', id: 'queue', position, size: 'S', partitions: 4 },
    { ...WORKER, id: 'worker-1' },
    { ...WORKER, id: 'worker-2', concurrency: 2 },
    { ...WORKER, id: 'worker-3', group: 'search', idempotent: true },
    PRIMARY,
  ],
  links: [
    { from: 'clients', to: 'web-1' },
    { from: 'web-1', to: 'queue' },
    { from: 'web-1', to: 'primary' },
    ...['worker-1', 'worker-2', 'worker-3'].flatMap((id) => [
      { from: 'queue', to: id },
      { from: id, to: 'primary' },
    ]),
  ],
};

const QUEUE_CHANGES = [
  { partitions: 1 },
  { partitions: 12 },
  { acks: 'none' },
  { acks: 'all' },
  { rebalancing: 'cooperative' },
  { expirySeconds: 1 },
  { retentionSeconds: 1 },
  { maxDeliveries: 1 },
  { maxMessageKiB: 1 },
] as const;
const WORKER_CHANGES = [
  { concurrency: 1 },
  { concurrency: 20 },
  { group: 'workers' },
  { group: 'search' },
  { idempotent: true },
] as const;

type Deed =
  | { readonly do: 'restart' | 'remove' | 'bring-back'; readonly node: number }
  | { readonly do: 'configure'; readonly change: number; readonly worker: number }
  | { readonly do: 'disconnect'; readonly link: number }
  | { readonly do: 'load'; readonly perSecond: number };

function after(topology: Topology, deed: Deed, simulator: Simulator): Topology {
  switch (deed.do) {
    case 'restart':
      simulator.restart(POST.nodes[deed.node]?.id ?? '');
      return topology;
    case 'remove':
      return withoutNode(topology, POST.nodes[deed.node]?.id ?? '');
    case 'bring-back':
      return withAll(topology, deed.node);
    case 'configure':
      return configured(topology, deed);
    case 'disconnect': {
      const link = POST.links[deed.link];
      return link === undefined ? topology : withoutLink(topology, link.from, link.to);
    }
    case 'load':
      simulator.setLoad(deed.perSecond, { signup: 1 });
      return topology;
  }
}

/** The node is there again, and all links that its presence allows. */
function withAll(topology: Topology, place: number): Topology {
  const node = POST.nodes[place] as TopologyNode;
  const there = topology.nodes.some(({ id }) => id === node.id);
  const nodes = there ? topology.nodes : [...topology.nodes, node];
  const has = (id: string) => nodes.some((one) => one.id === id);
  return { nodes, links: POST.links.filter(({ from, to }) => has(from) && has(to)) };
}

function configured(topology: Topology, deed: Extract<Deed, { do: 'configure' }>): Topology {
  const find = (id: string) => topology.nodes.find((node) => node.id === id);
  const ofQueue = QUEUE_CHANGES[deed.change];
  const node = ofQueue === undefined ? find(`worker-${deed.worker}`) : find('queue');
  const change = ofQueue ?? WORKER_CHANGES[deed.change - QUEUE_CHANGES.length];
  return node === undefined
    ? topology
    : withNode(topology, { ...node, ...change } as unknown as TopologyNode);
}

/** Checks the queue's messages against those that waited at the window's beginning; how many wait at its end. */
function expectMessages({ messages: m, consumerLag, lagMs }: Measurement, before: number): number {
  if (!m) return 0;
  expect(m.appended + before).toBe(m.consumed + m.expired + m.deadLettered + m.lost + m.waiting);
  expect(m.duplicates).toBeLessThanOrEqual(m.redelivered);
  expect(consumerLag).toBeLessThanOrEqual(m.waiting);
  expect((lagMs ?? 0) > 0).toBe(m.waiting > 0);
  return m.waiting;
}

function play(seed: number, deeds: readonly { readonly forMs: number; readonly deed: Deed }[]) {
  const simulator = gameSimulator(seed);
  let topology = POST;
  simulator.setTopology(topology, false);
  simulator.setLoad(40, { signup: 1 });
  const accounts = new WindowAccounts();
  let waiting = 0;
  const look = (forMs: number) => {
    simulator.runUntil(simulator.nowMs + forMs);
    const rows = simulator.closeWindow(topology, () => 1);
    expect(accounts.faultsIn(rows)).toEqual([]);
    const queue = rows.find(({ node }) => node === 'queue');
    waiting = queue === undefined ? 0 : expectMessages(queue, waiting);
    return waiting;
  };
  for (const { forMs, deed } of deeds) {
    look(forMs);
    topology = after(topology, deed, simulator);
    simulator.setTopology(topology, true);
  }
  look(500);
  POST.nodes.forEach((_, place) => {
    topology = withAll(topology, place);
  });
  simulator.setTopology(topology, true);
  return { simulator, look };
}

const node = fc.integer({ min: 1, max: POST.nodes.length - 1 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constantFrom('restart', 'remove', 'bring-back'), node }),
  fc.record({
    do: fc.constant('configure'),
    change: fc.nat(QUEUE_CHANGES.length + WORKER_CHANGES.length - 1),
    worker: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant('disconnect'), link: fc.nat(POST.links.length - 1) }),
  fc.record({ do: fc.constant('load'), perSecond: fc.constantFrom(0, 20, 200) }),
);
const deeds = fc.array(fc.record({ forMs: fc.integer({ min: 1, max: 5_000 }), deed }), {
  maxLength: 15,
  size: 'max',
});

describe('messages in the game', () => {
  it('are all accounted for, and all requests, through restarts, removals, cut links and other options', () => {
    fc.assert(
      fc.property(fc.nat(1_000), deeds, (seed, list) => {
        const { simulator, look } = play(seed, list);
        simulator.setLoad(0, { signup: 1 });
        expect(look(600_000)).toBe(0);
        expect(unrestIn(simulator)).toEqual([]);
      }),
      { seed: 21, numRuns: 20 },
    );
  });

  it('are the same when the run is looked at more often', () => {
    const hashOf = (windows: number) => {
      const { simulator, look } = play(3, [
        { forMs: 4_000, deed: { do: 'restart', node: 3 } },
        { forMs: 4_000, deed: { do: 'configure', change: 5, worker: 1 } },
        { forMs: 4_000, deed: { do: 'load', perSecond: 200 } },
      ]);
      for (let i = 0; i < windows; i++) look(12_000 / windows);
      const hash = new StateHash();
      simulator.mixInto(hash);
      return hash.digest();
    };
    expect(hashOf(40)).toBe(hashOf(1));
  });
});
