import {
  END_TO_END,
  type Link,
  type LinkView,
  type Measurement,
  type NodeId,
  OPERATIONS,
  type Operation,
} from '../protocol/index.ts';
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
    ...cpuFigures(node, span.endMs, windowMs),
    connections:
      node.connections === null
        ? null
        : { used: node.connections.takeMostUsed(), limit: node.connections.tokens },
    lockWaits: lockFigure(node, span.endMs, windowMs),
    hitRatio: node.store?.takeHitRatio() ?? null,
    lagMs: node.behindSinceMs === null ? null : span.endMs - (node.behindSinceMs[0] ?? span.endMs),
    costPerHour,
  };
  meter.nextWindow();
  return measurement;
}

function cpuFigures(node: RunningNode, nowMs: number, windowMs: number) {
  if (node.station === null) return { utilisation: null, queueDepth: null };
  const usedMs = node.station.usedMs(nowMs);
  const area = node.station.waitingArea(nowMs);
  const utilisation = (usedMs - node.usedMs) / (node.cores * windowMs);
  const queueDepth = (area - node.waitingArea) / windowMs;
  node.usedMs = usedMs;
  node.waitingArea = area;
  return { utilisation: Math.min(1, Math.max(0, utilisation)), queueDepth };
}

function lockFigure(node: RunningNode, nowMs: number, windowMs: number): number | null {
  if (node.locks === null) return null;
  const area = node.locks.waitingArea(nowMs);
  const waits = (area - node.lockArea) / windowMs;
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
  };
}
