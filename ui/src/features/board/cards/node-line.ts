import type {
  BalancingPolicy,
  EvictionPolicy,
  Measurement,
  NodeView,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { errorRatio } from '@project-devops/simulation/protocol';
import type { Overlay } from '../../../building/use-board-tools.ts';

/** The one line of figures on a card; null figures were not measured. */
export type NodeLine =
  | { readonly show: 'ready' }
  | { readonly show: 'starting' }
  | { readonly show: 'requests'; readonly perSecond: number }
  | { readonly show: 'policy'; readonly policy: BalancingPolicy }
  | { readonly show: 'cpu'; readonly utilisation: number; readonly queue: number }
  | { readonly show: 'cache'; readonly hitRatio: number | null; readonly eviction: EvictionPolicy }
  | { readonly show: 'locks'; readonly waits: number }
  | { readonly show: 'connections'; readonly used: number; readonly limit: number }
  | { readonly show: 'lag'; readonly lagMs: number }
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

/** What tells most about a kind while nothing else is asked for. */
function loadLine(node: TopologyNode, view: NodeView | null): NodeLine {
  const row = view?.measurement ?? null;
  if (node.kind === 'load-balancer') return { show: 'policy', policy: node.policy };
  if (node.kind === 'cache') {
    return { show: 'cache', hitRatio: row?.hitRatio ?? null, eviction: node.eviction };
  }
  if (!row) return { show: 'ready' };
  switch (node.kind) {
    case 'clients':
      return { show: 'requests', perSecond: perSecond(row, row.offered) };
    case 'vm-basic':
      return cpuLine(row);
    case 'sql-primary':
      return databaseLine(row, view?.lockWaits ?? 0);
    case 'sql-replica':
      return row.lagMs === null ? cpuLine(row) : { show: 'lag', lagMs: row.lagMs };
  }
}

/** The line of a node's card under an overlay; `costPerHour` is the catalog's for its size. */
export function nodeLine(
  node: TopologyNode,
  view: NodeView | null,
  overlay: Overlay,
  costPerHour: number,
): NodeLine {
  if (view?.state === 'starting' && overlay !== 'cost') return { show: 'starting' };
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
