import {
  END_TO_END,
  type Link,
  type LinkView,
  type Measurement,
  type NodeId,
  OPERATIONS,
  type Operation,
} from '../protocol/index.ts';
import type { LinkGuard } from './link-guard.ts';
import type { Following } from './replication.ts';
import type { RunningLink, RunningNode } from './running-node.ts';

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The rows of a window that ends now, and the beginning of the next; the clients' row is the whole service's. */
export function closeWindow(
  nodes: readonly RunningNode[],
  span: Span,
  costPerHour: (id: NodeId) => number,
): Measurement[] {
  const total = nodes.reduce((sum, node) => sum + costPerHour(node.node.id), 0);
  return nodes
    .map((node) =>
      node.node.kind === 'clients'
        ? row(node, END_TO_END, span, total)
        : row(node, node.node.id, span, costPerHour(node.node.id)),
    )
    .sort((a, b) => Number(b.node === END_TO_END) - Number(a.node === END_TO_END));
}

function row(node: RunningNode, id: string, span: Span, costPerHour: number): Measurement {
  const { meter } = node;
  const windowMs = span.endMs - span.startMs;
  const instances = node.places?.takeInstances(span.endMs) ?? null;
  const measurement: Measurement = {
    node: id,
    source: 'predicted',
    ...span,
    offered: meter.offered,
    served: meter.served,
    good: meter.good,
    errors: meter.errorsByCause(),
    inFlight: meter.inFlight,
    latency: meter.latencyRow(),
    ...cpuFigures(node, span.endMs, windowMs, instances?.running ?? 1),
    connections: connectionFigures(node, span.endMs),
    lockWaits: lockFigure(node, span.endMs, windowMs),
    hitRatio: node.store?.takeHitRatio() ?? null,
    lagMs: node.following === null ? null : measuredLagMs(node, node.following, span.endMs),
    costPerHour,
    ...node.consistency.takeFigures(),
    ...node.recovery.takeFigures(),
    ...messageFigures(node, span.endMs),
    ...screeningFigures(node),
    ...(node.store?.dirty ? { dirtyItems: node.store.dirty.size } : {}),
    ...(instances === null ? {} : { instances }),
  };
  meter.nextWindow();
  return measurement;
}

function screeningFigures({ screening }: RunningNode) {
  const flagged = screening.takeFlagged();
  return flagged === null ? {} : { flagged };
}

function cpuFigures(node: RunningNode, nowMs: number, windowMs: number, instances: number) {
  if (node.stations.length === 0) return { utilisation: null, queueDepth: null };
  const usedMs = sumOf(node.stations, (station) => station.usedMs(nowMs));
  const area = sumOf(node.stations, (station) => station.waitingArea(nowMs));
  const busyMs = usedMs - node.usedMs + node.backgroundCores * windowMs;
  const utilisation = shareOf(busyMs, node.cores * instances * windowMs);
  const queueDepth = shareOf(area - node.waitingArea, windowMs);
  node.usedMs = usedMs;
  node.waitingArea = area;
  return {
    utilisation: utilisation === null ? null : Math.min(1, Math.max(0, utilisation)),
    queueDepth,
  };
}

/** Null when there is nothing to have a share of, as in a window of no length: nothing was measured there. */
function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Of shards the sums: the most that each had used, and what all of them may. */
function connectionFigures(
  { connections, places }: RunningNode,
  nowMs: number,
): Measurement['connections'] {
  if (places !== null) return { used: places.takeMostUsed(nowMs), limit: places.tokens };
  if (connections.length === 0) return null;
  return {
    used: sumOf(connections, (pool) => pool.takeMostUsed()),
    limit: sumOf(connections, (pool) => pool.tokens),
  };
}

function sumOf<T>(parts: readonly T[], figure: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + figure(part), 0);
}

/** Nothing for a node that keeps no messages. */
function messageFigures(node: RunningNode, nowMs: number): Partial<Measurement> {
  if (node.log === null) return {};
  node.log.forgetOld(nowMs);
  const { lag, waiting } = node.log;
  const { consumedMs, ...counts } = node.log.takeCounts();
  const meanMs = counts.consumed === 0 ? null : consumedMs / counts.consumed;
  const lagMs = node.log.lagMs(nowMs);
  return { lagMs, consumerLag: lag, messages: { ...counts, waiting, meanMs } };
}

function lockFigure(node: RunningNode, nowMs: number, windowMs: number): number | null {
  if (node.locks.length === 0) return null;
  const area = sumOf(node.locks, (table) => table.waitingArea(nowMs));
  const waits = shareOf(area - node.lockArea, windowMs);
  node.lockArea = area;
  return waits;
}

/** Calls over a link in the present window. */
export function linkView(link: Link, running: RunningLink | undefined): LinkView {
  const calls: Partial<Record<Operation, number>> = {};
  OPERATIONS.forEach((operation, i) => {
    const count = running?.calls[i] ?? 0;
    if (count > 0) calls[operation] = count;
  });
  return {
    from: link.from,
    to: link.to,
    calls,
    failed: running?.failed ?? 0,
    meanMs: running !== undefined && running.answered > 0 ? running.sumMs / running.answered : null,
    ...(running?.guard == null ? {} : guardView(running.guard)),
    ...(running === undefined || running.lossRatio === 0 ? {} : { lossRatio: running.lossRatio }),
  };
}

function guardView({ retries, phase }: LinkGuard): Pick<LinkView, 'retries' | 'breaker'> {
  return phase === null ? { retries } : { retries, breaker: phase };
}

/** Since when a node is behind, by its own clock; a clock that is behind may hide the lag, but none runs backwards. */
function measuredLagMs(node: RunningNode, { log }: Following, nowMs: number): number {
  return Math.max(0, log.lagMs(nowMs) + node.clockSkewMs);
}
