import type { Measurement, NodeId, NodeKind, Topology } from '@project-devops/simulation/protocol';

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

/** How busy a server was of late. */
export interface ServerLoad {
  readonly id: NodeId;
  /** Mean of the last windows, 0 to 1. */
  readonly utilisation: number;
}

/** Windows that are averaged: one second alone says little under random arrivals. */
const RECENT_ROWS = 10;

/** The busiest server of late; null before anything was measured. `rowsOf` answers a node's rows in order. */
export function busiestServer(
  topology: Topology,
  rowsOf: (id: NodeId) => readonly Measurement[],
): ServerLoad | null {
  let busiest: ServerLoad | null = null;
  for (const id of idsOf(topology, 'vm-basic')) {
    const recent = rowsOf(id).slice(-RECENT_ROWS);
    if (recent.length === 0) continue;
    const sum = recent.reduce((total, row) => total + (row.utilisation ?? 0), 0);
    const utilisation = sum / recent.length;
    if (busiest === null || utilisation > busiest.utilisation) busiest = { id, utilisation };
  }
  return busiest;
}
