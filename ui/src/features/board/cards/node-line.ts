import type {
  BalancingPolicy,
  EvictionPolicy,
  Measurement,
  NodeView,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { errorRatio } from '@project-devops/simulation/protocol';
import type { Overlay } from '../../../building/use-board-tools.ts';
import { NODE_CATALOGUE } from '../../../components/node-catalogue.ts';

/** The one line of figures on a card; null figures were not measured. */
export type NodeLine =
  | { readonly show: 'ready' }
  | { readonly show: 'starting' | 'down' }
  | { readonly show: 'requests'; readonly perSecond: number }
  | { readonly show: 'policy'; readonly policy: BalancingPolicy }
  | { readonly show: 'cpu'; readonly utilisation: number; readonly queue: number }
  | { readonly show: 'cache'; readonly hitRatio: number | null; readonly eviction: EvictionPolicy }
  | { readonly show: 'locks'; readonly waits: number }
  | { readonly show: 'connections'; readonly used: number; readonly limit: number }
  | { readonly show: 'lag'; readonly lagMs: number }
  | { readonly show: 'messages'; readonly waiting: number }
  | { readonly show: 'latency'; readonly p95Ms: number | null }
  | { readonly show: 'errors'; readonly ratio: number | null }
  | { readonly show: 'cost'; readonly perHour: number };

function perSecond(row: Measurement, count: number): number {
  return row.endMs > row.startMs ? (count * 1000) / (row.endMs - row.startMs) : 0;
}

function databaseLine(row: Measurement, lockWaits: number): NodeLine {
  if (lockWaits > 0) return { show: 'locks', waits: lockWaits };
  return row.connections ? { show: 'connections', ...row.connections } : cpuLine(row);
}

function cpuLine(row: Measurement): NodeLine {
  if (row.utilisation === null) return { show: 'ready' };
  return { show: 'cpu', utilisation: row.utilisation, queue: row.queueDepth ?? 0 };
}

function replicaLine(row: Measurement): NodeLine {
  return row.lagMs === null ? cpuLine(row) : { show: 'lag', lagMs: row.lagMs };
}

/** What tells most about a kind while nothing else is asked for. */
function loadLine(node: TopologyNode, view: NodeView | null): NodeLine {
  const row = view?.measurement ?? null;
  if ('policy' in node) return { show: 'policy', policy: node.policy };
  if ('eviction' in node) {
    return { show: 'cache', hitRatio: row?.hitRatio ?? null, eviction: node.eviction };
  }
  if (!row) return { show: 'ready' };
  switch (NODE_CATALOGUE[node.kind].line) {
    case 'requests':
      return { show: 'requests', perSecond: perSecond(row, row.offered) };
    case 'cpu':
      return cpuLine(row);
    case 'messages':
      return { show: 'messages', waiting: row.consumerLag ?? 0 };
    case 'database':
      return databaseLine(row, view?.lockWaits ?? 0);
    case 'replica':
      return replicaLine(row);
  }
}

/** The line of a node's card under an overlay; `costPerHour` is the catalog's for its size. */
export function nodeLine(
  node: TopologyNode,
  view: NodeView | null,
  overlay: Overlay,
  costPerHour: number,
): NodeLine {
  if (view && view.state !== 'ready' && overlay !== 'cost') return { show: view.state };
  const row = view?.measurement ?? null;
  switch (overlay) {
    case 'load':
      return loadLine(node, view);
    case 'latency':
      return { show: 'latency', p95Ms: row?.latency.p95Ms ?? null };
    case 'errors':
      return { show: 'errors', ratio: row && errorRatio(row) };
    case 'cost':
      return { show: 'cost', perHour: costPerHour };
  }
}
