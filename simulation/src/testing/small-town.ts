import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { Simulator } from '../execution/simulator.ts';
import { KINDS } from '../game-kinds.ts';
import type { Link, Profile, Scenario, Topology, TopologyNode } from '../protocol/index.ts';
import { withoutNodes } from '../rules/twin-edits.ts';
import { helloWorld } from '../scenarios/hello-world.ts';

const position = { x: 0, y: 0 };

/** A topology that has every kind of Stage 1: two servers behind a balancer, cache, primary and replica. */
export const SMALL_TOWN: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position },
    { kind: 'load-balancer', id: 'balancer', position, size: 'S', policy: 'least-connections' },
    { kind: 'vm-basic', id: 'web-1', position, size: 'S' },
    { kind: 'vm-basic', id: 'web-2', position, size: 'M' },
    { kind: 'cache', id: 'cache', position, size: 'S', eviction: 'lru' },
    { kind: 'sql-primary', id: 'primary', position, size: 'S' },
    { kind: 'sql-replica', id: 'replica', position, size: 'S' },
  ],
  links: [
    { from: 'clients', to: 'balancer' },
    ...['web-1', 'web-2'].flatMap((web): Link[] => [
      { from: 'balancer', to: web },
      { from: web, to: 'cache' },
      { from: web, to: 'primary' },
      { from: web, to: 'replica' },
    ]),
    { from: 'primary', to: 'replica' },
  ],
};

export const SHARES = { home: 40, browse: 42, search: 10, signup: 8 };

/** The game's simulator with the classes and data of Stage 1. */
export function gameSimulator(
  seed: number,
  profile: Profile = DEFAULT_PROFILE,
  data: Scenario['data'] = helloWorld.data,
): Simulator {
  const { classes, arrivals } = helloWorld;
  return new Simulator({ kinds: KINDS, profile, seed, classes, data, arrivals });
}

/** The topology without a node and the links from and to it. */
export function withoutNode(topology: Topology, id: string): Topology {
  return withoutNodes(topology, [id]);
}

/** The topology without the link from one node to another. */
export function withoutLink({ nodes, links }: Topology, from: string, to: string): Topology {
  return { nodes, links: links.filter((link) => link.from !== from || link.to !== to) };
}

/** The topology with the node of that id in another form. */
export function withNode({ nodes, links }: Topology, changed: TopologyNode): Topology {
  return { nodes: nodes.map((node) => (node.id === changed.id ? changed : node)), links };
}
