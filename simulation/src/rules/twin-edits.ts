import type { NodeId, Topology, TopologyNode } from '../protocol/index.ts';
import type { Twins, Version } from './deployments.ts';
import { relinked } from './relinking.ts';

const MAX_NAME = 32;
/** How far a twin stands from its node on the board. */
const ASIDE = 40;

/** A free name for a node's twin: the node's own with the first number from 2 on that is not taken. */
export function twinName(node: NodeId, taken: ReadonlySet<NodeId>): NodeId {
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const name = node.slice(0, MAX_NAME - ending.length) + ending;
    if (!taken.has(name)) return name;
  }
}

/** The topology with a node's version replaced. */
export function withVersion({ nodes, links }: Topology, id: NodeId, version: Version): Topology {
  return {
    nodes: nodes.map((node) => (node.id === id ? versioned(node, version) : node)),
    links,
  };
}

/** The topology with a second node beside each, of another version, which calls what the first one calls. Nobody calls it yet. */
export function withTwins(
  { nodes, links }: Topology,
  twins: readonly Twins[],
  version: Version,
): Topology {
  const twinNodes = twins.flatMap(({ old, twin }) =>
    nodes
      .filter(({ id }) => id === old)
      .map((node) => {
        const position = { x: aside(node.position.x), y: aside(node.position.y) };
        return { ...versioned(node, version), id: twin, position };
      }),
  );
  const twinLinks = twins.flatMap(({ old, twin }) =>
    links.filter(({ from }) => from === old).map((link) => ({ ...link, from: twin })),
  );
  return { nodes: [...nodes, ...twinNodes], links: [...links, ...twinLinks] };
}

/** The topology with all that leads to the first of a pair, links and classes of gateways, led to the second, when that one is there. */
export function switched(
  { nodes, links }: Topology,
  pairs: readonly { readonly from: NodeId; readonly to: NodeId }[],
): Topology {
  const there = pairs.filter(({ to }) => nodes.some(({ id }) => id === to));
  const led = (id: NodeId) => there.find(({ from }) => from === id)?.to ?? id;
  return {
    nodes: nodes.map((node) => withClassesLed(node, led)),
    links: relinked(links, (link) => ({ ...link, to: led(link.to) })),
  };
}

function withClassesLed(node: TopologyNode, led: (id: NodeId) => NodeId): TopologyNode {
  if (node.kind !== 'api-gateway' || node.classes === undefined) return node;
  const classes = Object.entries(node.classes).map(([name, id]) => [name, led(id)]);
  return { ...node, classes: Object.fromEntries(classes) };
}

/** The topology without these nodes and the links from and to them. */
export function withoutNodes({ nodes, links }: Topology, gone: readonly NodeId[]): Topology {
  return {
    nodes: nodes.filter(({ id }) => !gone.includes(id)),
    links: links.filter(({ from, to }) => !gone.includes(from) && !gone.includes(to)),
  };
}

function versioned(node: TopologyNode, version: Version): TopologyNode {
  if (version !== null) return { ...node, version } as TopologyNode;
  const { version: _, ...plain } = node as TopologyNode & { readonly version?: string };
  return plain as TopologyNode;
}

function aside(coordinate: number): number {
  return coordinate > 0 ? coordinate - ASIDE : coordinate + ASIDE;
}
