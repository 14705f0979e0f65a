import type { Link, NodeId, RefusalCode, Topology, TopologyNode } from '../protocol/index.ts';
import { relinked } from './relinking.ts';

/**
 * The topology in which a replica has taken its primary's place, or why it cannot: whatever led to the primary
 * leads to it, and what the primary led to hangs on it. The old primary stays on the board without links, so that
 * it cannot take writes that the new one would not know of. With several primaries, the first linked one counts.
 */
export function promoted(topology: Topology, id: NodeId): Topology | RefusalCode {
  const replica = topology.nodes.find((node) => node.id === id);
  if (replica === undefined) return 'unknown-node';
  if (replica.kind !== 'sql-replica') return 'not-promotable';
  const primary = primaryOf(topology, id);
  if (primary === null) return 'replica-without-primary';
  const nodes = topology.nodes.map(
    (node): TopologyNode => (node === replica ? { ...replica, kind: 'sql-primary' } : node),
  );
  return { nodes, links: takenOver(topology.links, primary, id) };
}

/** The primary that a replica follows, null when none is linked to it. */
export function primaryOf({ nodes, links }: Topology, replica: NodeId): NodeId | null {
  const primaries = new Set(nodes.filter(({ kind }) => kind === 'sql-primary').map(({ id }) => id));
  return links.find(({ from, to }) => to === replica && primaries.has(from))?.from ?? null;
}

/** The links with `by` in the place of `old`. */
function takenOver(links: readonly Link[], old: NodeId, by: NodeId): Link[] {
  const ledTo = (id: NodeId) => (id === old ? by : id);
  return relinked(links, (link) => ({ ...link, from: ledTo(link.from), to: ledTo(link.to) }));
}
