import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { NodeOf, Profile, RequestClass, Topology, TopologyNode } from '../protocol/index.ts';
import { runningGame, windowOf } from './game.ts';
import { CLIENTS, PRIMARY, WEB } from './situation.ts';

const position = { x: 0, y: 0 };
export type Queue = NodeOf<'queue'>;
type Worker = NodeOf<'worker'>;

/** A request that writes, and may be left to a queue. */
export const order: RequestClass = {
  operations: ['write'],
  revenue: 1,
  onTimeMs: 1_000,
  timeoutMs: 3_000,
};

export interface Site {
  readonly queue?: Partial<Queue>;
  readonly workers?: readonly Partial<Worker>[];
  readonly classes?: Readonly<Record<string, RequestClass>>;
  readonly profile?: Profile;
}

/** Clients, a large server, a queue, workers and a database; nodes may be added and taken away. */
export function site({ queue = {}, workers = [{}] }: Site): Topology {
  const ids = workers.map((_, i) => `worker-${i + 1}`);
  const nodes: TopologyNode[] = [
    CLIENTS,
    { ...WEB, size: 'XL' } as TopologyNode,
    { kind: 'queue', id: 'queue', position, size: 'M', ...queue },
    ...workers.map((worker, i): TopologyNode => {
      return { kind: 'worker', id: ids[i] as string, position, size: 'L', ...worker };
    }),
    { ...PRIMARY, size: 'L' } as TopologyNode,
  ];
  return {
    nodes,
    links: [
      { from: 'clients', to: 'web-1' },
      { from: 'web-1', to: 'queue' },
      { from: 'web-1', to: 'primary' },
      ...ids.flatMap((id) => [
        { from: 'queue', to: id },
        { from: id, to: 'primary' },
      ]),
    ],
  };
}

/** A running site, and its rows since the last look. `drawn`: in place of the site's own topology. */
export function running(of: Site, seed = 1, drawn: Topology | null = null) {
  let topology = drawn ?? site(of);
  const { profile = DEFAULT_PROFILE, classes = { order } } = of;
  const simulator = runningGame(topology, { profile, seed, classes });
  const run = (forMs: number) => {
    simulator.runUntil(simulator.nowMs + forMs);
    return windowOf(simulator, topology);
  };
  const change = (next: Topology) => {
    topology = next;
    simulator.setTopology(next, true);
  };
  const offer = (perSecond: number) => simulator.setLoad(perSecond, { order: 1 });
  return { simulator, run, change, offer };
}

/** The same with a time-out on the calls over a link. */
export function withTimeout(of: Site, from: string, to: string, timeoutMs: number): Topology {
  const { nodes, links } = site(of);
  return {
    nodes,
    links: links.map((link) =>
      link.from === from && link.to === to ? { ...link, calls: { timeoutMs } } : link,
    ),
  };
}
