import type {
  CatalogEntry,
  Limit,
  LinkView,
  NodeId,
  NodeKind,
  NodeView,
  Operation,
  Size,
  Snapshot,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { errorCount, throughputPerSecond } from '@project-devops/simulation/protocol';
import { sizeEntry } from '../../building/offers.ts';

/** A node as a row; null stands for what was not measured or does not apply. */
export interface NodeRow {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly size: Size | null;
  readonly state: NodeView['state'] | Limit;
  readonly utilisation: number | null;
  readonly served: number | null;
  readonly errors: number | null;
  readonly p95: number | null;
  readonly connections: { readonly used: number; readonly limit: number } | null;
  readonly cost: number | null;
}

/** A link as a row; the figures are of the last full second. */
export interface LinkRow {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly calls: Readonly<Partial<Record<Operation, number>>>;
  readonly total: number;
  readonly failed: number;
  readonly mean: number | null;
}

export const NODE_COLUMNS = [
  'id',
  'kind',
  'size',
  'state',
  'utilisation',
  'served',
  'errors',
  'p95',
  'connections',
  'cost',
] as const satisfies readonly (keyof NodeRow)[];
export type NodeColumn = (typeof NODE_COLUMNS)[number];

export const LINK_COLUMNS = [
  'from',
  'to',
  'total',
  'failed',
  'mean',
] as const satisfies readonly (keyof LinkRow)[];
export type LinkColumn = (typeof LINK_COLUMNS)[number];

function nodeRow(
  node: TopologyNode,
  view: NodeView | undefined,
  entry: CatalogEntry | undefined,
): NodeRow {
  const size = 'size' in node ? node.size : null;
  const row = view?.measurement ?? null;
  const seconds = row ? (row.endMs - row.startMs) / 1000 : 0;
  return {
    id: node.id,
    kind: node.kind,
    size,
    state: view?.limitedBy?.limit ?? view?.state ?? 'starting',
    utilisation: row?.utilisation ?? null,
    served: row && throughputPerSecond(row),
    errors: row && seconds > 0 ? errorCount(row.errors) / seconds : null,
    p95: row?.latency.p95Ms ?? null,
    connections: row?.connections ?? null,
    cost: (size && sizeEntry(entry, size)?.costPerHour) ?? null,
  };
}

/** The board's nodes as rows, in the order of the topology. */
export function nodeRows(snapshot: Snapshot, catalog: readonly CatalogEntry[]): NodeRow[] {
  const views = new Map(snapshot.nodes.map((view) => [view.id, view]));
  const entries = new Map(catalog.map((entry) => [entry.kind, entry]));
  return snapshot.topology.nodes.map((node) =>
    nodeRow(node, views.get(node.id), entries.get(node.kind)),
  );
}

/** The board's links as rows, in the order of the topology. */
export function linkRows({ topology, links }: Snapshot): LinkRow[] {
  const views = new Map<string, LinkView>(links.map((view) => [`${view.from}>${view.to}`, view]));
  return topology.links.map(({ from, to }) => {
    const view = views.get(`${from}>${to}`);
    const calls = view?.calls ?? {};
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    return { from, to, calls, total, failed: view?.failed ?? 0, mean: view?.meanMs ?? null };
  });
}
