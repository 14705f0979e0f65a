import type {
  CatalogEntry,
  NodeGroup,
  NodeView,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { sizeEntry } from '../../building/offers.ts';

/** The figures that explain what holds a node back; null where they were not measured. */
export interface LimitFacts {
  readonly limit: NonNullable<NodeView['limitedBy']>['limit'];
  readonly sinceMs: number;
  readonly forMs: number;
  /** What helps depends on where in the service the node stands. */
  readonly group: NodeGroup;
  readonly utilisation: number | null;
  readonly cores: number | null;
  readonly connections: { readonly used: number; readonly limit: number } | null;
  readonly waiting: number | null;
  readonly lockWaits: number;
}

/** What is known about a node's limit at an instant; null when nothing holds it back. */
export function limitFacts(
  node: TopologyNode,
  view: NodeView,
  entry: CatalogEntry,
  nowMs: number,
): LimitFacts | null {
  if (!view.limitedBy) return null;
  const size = 'size' in node ? sizeEntry(entry, node.size) : null;
  return {
    limit: view.limitedBy.limit,
    sinceMs: view.limitedBy.sinceMs,
    forMs: Math.max(0, nowMs - view.limitedBy.sinceMs),
    group: entry.group,
    utilisation: view.measurement?.utilisation ?? null,
    cores: size ? size.cpuMillicores / 1000 : null,
    connections: view.measurement?.connections ?? null,
    waiting: view.measurement?.queueDepth ?? null,
    lockWaits: view.lockWaits,
  };
}
