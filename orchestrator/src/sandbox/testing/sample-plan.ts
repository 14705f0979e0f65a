import { CATALOG, DEFAULT_PROFILE } from '@project-devops/simulation';
import type { Link, NodeKind, Topology, TopologyNode } from '@project-devops/simulation/protocol';
import { IMAGES, type ImageTags } from '../desired.ts';
import type { PlanInput } from '../plan-input.ts';

const position = { x: 0, y: 0 };
const OPTIONS: Partial<Record<NodeKind, object>> = {
  'load-balancer': { policy: 'round-robin' },
  cache: { eviction: 'lru' },
};

/** A node of size S with the usual options. */
export function sampleNode(id: string, kind: NodeKind, changes: object = {}): TopologyNode {
  const size = kind === 'clients' ? {} : { size: 'S' };
  return { id, kind, position, ...size, ...OPTIONS[kind], ...changes } as TopologyNode;
}

/** Links written as `from>to`. */
export function sampleLinks(...links: readonly string[]): readonly Link[] {
  return links.map((link) => {
    const [from = '', to = ''] = link.split('>');
    return { from, to };
  });
}

/** Clients, a balancer and so many servers with a primary and a cache. */
export function sampleTopology(servers = 1): Topology {
  const webs = Array.from({ length: servers }, (_, i) => `web-${i + 1}`);
  return {
    nodes: [
      sampleNode('clients', 'clients'),
      sampleNode('balancer', 'load-balancer'),
      sampleNode('db', 'sql-primary'),
      sampleNode('cache', 'cache'),
      ...webs.map((id) => sampleNode(id, 'vm-basic')),
    ],
    links: [
      ...sampleLinks('clients>balancer'),
      ...webs.flatMap((id) => sampleLinks(`balancer>${id}`, `${id}>db`, `${id}>cache`)),
    ],
  };
}

export const SAMPLE_IMAGES = Object.fromEntries(
  IMAGES.map((name) => [name, `project-devops/${name}:sample`]),
) as ImageTags;

export function samplePlan(changes: Partial<PlanInput> = {}): PlanInput {
  return {
    session: 'sample',
    topology: sampleTopology(),
    classes: {
      home: { operations: ['static'], revenue: 0, onTimeMs: 200, timeoutMs: 1_000 },
      read: { operations: ['read'], revenue: 0, onTimeMs: 200, timeoutMs: 3_000 },
    },
    data: { items: 10_000, zipfExponent: 1, hotRows: 100, hotRowExponent: 1 },
    demands: DEFAULT_PROFILE.demands,
    work: { roundsPerMs: 1_000, rowsPerMs: 700 },
    scale: 1,
    images: SAMPLE_IMAGES,
    heartbeat: '/tmp/heartbeats/sample',
    storePassword: 'secret',
    catalog: CATALOG,
    seed: 7,
    ...changes,
  };
}
