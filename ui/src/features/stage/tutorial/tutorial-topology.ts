import type { NodeId, NodeKind, Snapshot, Topology } from '@project-devops/simulation/protocol';

/** Ids of the nodes of a kind, in board order. */
export function idsOf(topology: Topology, kind: NodeKind): NodeId[] {
  return topology.nodes.filter((node) => node.kind === kind).map(({ id }) => id);
}

function linksBetween(topology: Topology, from: NodeKind, to: NodeKind) {
  const sources = new Set(idsOf(topology, from));
  const targets = new Set(idsOf(topology, to));
  return topology.links.filter((link) => sources.has(link.from) && targets.has(link.to));
}

/** True when at least one link leads from the one kind to the other. */
export function areLinked(topology: Topology, from: NodeKind, to: NodeKind): boolean {
  return linksBetween(topology, from, to).length > 0;
}

/** Servers that get requests from a load balancer. */
export function balancedServers(topology: Topology): NodeId[] {
  return [...new Set(linksBetween(topology, 'load-balancer', 'vm-basic').map(({ to }) => to))];
}

/** Balanced servers that also reach a database. */
export function workingServers(topology: Topology): NodeId[] {
  const toDatabase = linksBetween(topology, 'vm-basic', 'sql-primary');
  const connected = new Set(toDatabase.map(({ from }) => from));
  return balancedServers(topology).filter((id) => connected.has(id));
}

/** The busiest server and its utilisation, 0 to 1; null before anything was measured. */
export function busiestServer(
  snapshot: Pick<Snapshot, 'topology' | 'nodes'>,
): { readonly id: NodeId; readonly utilisation: number } | null {
  const servers = new Set(idsOf(snapshot.topology, 'vm-basic'));
  let busiest: { id: NodeId; utilisation: number } | null = null;
  for (const { id, measurement } of snapshot.nodes) {
    const utilisation = measurement?.utilisation ?? null;
    if (utilisation === null || !servers.has(id)) continue;
    if (busiest === null || utilisation > busiest.utilisation) busiest = { id, utilisation };
  }
  return busiest;
}
