import {
  CALL_METRICS,
  CPU_METRIC,
  type Measurement,
  REQUEST_METRICS,
  STORE_METRICS,
  type TopologyNode,
  UNMEASURED,
} from '@project-devops/simulation/protocol';
import type { MeasuredService, WallWindow } from './telemetry.ts';
import type { WindowFigures } from './window-figures.ts';

/** A node that has told nothing for so long is not waited for. */
const SILENCE_MS = 2_000;
/** One scrape may be missed. */
const GAP_MS = 2_500;

/** Whether a node's samples are still to come: it told something lately, but not up to the window's end. */
export function isAwaited(node: TopologyNode, { store, startMs, endMs }: WindowFigures): boolean {
  const newest = store.newest(signOfLife(node), { node: node.id });
  return newest < endMs && newest >= startMs - SILENCE_MS;
}

/** A node's row; null for clients and kinds without containers, and when the node told nothing shortly before the window or nothing shortly after it. */
export function nodeRow(
  node: TopologyNode,
  figures: WindowFigures,
  window: WallWindow,
  service: MeasuredService,
): Measurement | null {
  const { store } = figures;
  const { startMs, endMs } = figures;
  const isTold = (fromMs: number, toMs: number) =>
    store.isTold(signOfLife(node), { node: node.id }, fromMs, toMs);
  if (!isTold(startMs - GAP_MS, startMs) || !isTold(endMs, endMs + GAP_MS)) return null;
  const common = { ...commonPart(node.id, figures, service), ...spanOf(window) };
  switch (node.kind) {
    case 'load-balancer':
    case 'vm-basic':
      return { ...common, ...serverPart(node.id, figures, service) };
    case 'sql-primary':
    case 'sql-replica':
    case 'cache':
      return { ...common, ...storePart(node, figures, service) };
    default:
      return null;
  }
}

/** Told with every scrape. */
function signOfLife({ kind }: TopologyNode): string {
  return kind === 'load-balancer' || kind === 'vm-basic' ? CPU_METRIC : STORE_METRICS.up;
}

const spanOf = ({ startMs, endMs }: WallWindow) => ({ startMs, endMs });

function commonPart(id: string, figures: WindowFigures, { cores }: MeasuredService) {
  const used = figures.perSecond(CPU_METRIC, { node: id });
  const allowed = cores[id];
  return {
    node: id,
    source: 'measured' as const,
    ...UNMEASURED,
    utilisation: allowed === undefined || used === null ? null : used / allowed,
  };
}

/** A node that tells about itself: the sandbox service, nginx. */
function serverPart(id: string, figures: WindowFigures, service: MeasuredService) {
  const at = { node: id };
  const latency = figures.latency(REQUEST_METRICS.duration, at);
  const knowsClasses = figures.store.select(REQUEST_METRICS.good, at).length > 0;
  return {
    offered: figures.increase(REQUEST_METRICS.received, at),
    served: latency.count,
    good: knowsClasses ? figures.increase(REQUEST_METRICS.good, at) : latency.count,
    errors: figures.errors(REQUEST_METRICS.errors, at),
    inFlight: figures.atEnd(REQUEST_METRICS.inFlight, at) ?? 0,
    latency,
    queueDepth: figures.perSecond(REQUEST_METRICS.waiting, at),
    connections: connectionsOf(figures.atEnd(REQUEST_METRICS.inFlightPeak, at), id, service),
  };
}

/** A store: the calls as its services saw them, the rest as the exporter saw it. */
function storePart(node: TopologyNode, figures: WindowFigures, service: MeasuredService) {
  const at = { node: node.id };
  const calls = { target: node.id };
  const latency = figures.latency(CALL_METRICS.duration, calls);
  const lag = node.kind === 'sql-replica' ? figures.atEnd(STORE_METRICS.lag, at) : null;
  return {
    offered: figures.increase(CALL_METRICS.sent, calls),
    served: latency.count,
    good: latency.count,
    errors: figures.errors(CALL_METRICS.errors, calls),
    inFlight: callsUnderWay(node.id, figures),
    latency,
    connections: connectionsOf(figures.atEnd(STORE_METRICS.connections, at), node.id, service),
    lockWaits: node.kind === 'sql-primary' ? figures.atEnd(STORE_METRICS.lockWaits, at) : null,
    hitRatio: node.kind === 'cache' ? hitRatio(figures, at) : null,
    lagMs: lag === null ? null : lag * 1000,
  };
}

/** Sent and neither answered nor failed, by the newest scrape of each service. */
function callsUnderWay(target: string, { store, endMs }: WindowFigures): number {
  const sum = (metric: string) => store.sumAt(metric, { target }, endMs);
  const ended = sum(`${CALL_METRICS.duration}_count`) + sum(CALL_METRICS.errors);
  return Math.max(0, sum(CALL_METRICS.sent) - ended);
}

function connectionsOf(used: number | null, id: string, { connections }: MeasuredService) {
  const limit = connections[id];
  return limit === undefined || used === null ? null : { used, limit };
}

function hitRatio(figures: WindowFigures, at: { readonly node: string }): number | null {
  const hits = figures.increase(STORE_METRICS.hits, at);
  const misses = figures.increase(STORE_METRICS.misses, at);
  return hits + misses === 0 ? null : hits / (hits + misses);
}

/** Cores that containers used, by node or role. */
export function coresUsed(figures: WindowFigures): Record<string, number> {
  const used: Record<string, number> = {};
  for (const { labels } of figures.store.select(CPU_METRIC, {})) {
    const { node } = labels;
    const cores = node === undefined ? null : figures.perSecond(CPU_METRIC, { node });
    if (node !== undefined && cores !== null) used[node] = cores;
  }
  return used;
}
