import {
  CAUSES,
  type Cause,
  type Latency,
  type Measurement,
  percentileFromBuckets,
} from '@project-devops/simulation/protocol';

/**
 * One row for a longer window, from one node's rows of adjacent windows in order: counts and buckets
 * add up and percentiles are made anew from the shared buckets (never averaged); utilisation and
 * waiting are weighted by time, the hit ratio by calls; what is in flight, lag and cost are the last
 * row's, connections the highest. Throws for no rows at all.
 */
export function mergeRows(rows: readonly Measurement[]): Measurement {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('no rows to merge');
  const byTime = (value: Figure) => weightedMean(rows, value, lengthOf);
  const goodByClass = mergedGoods(rows);
  return {
    node: first.node,
    source: first.source,
    startMs: first.startMs,
    endMs: last.endMs,
    offered: sum(rows, (row) => row.offered),
    served: sum(rows, (row) => row.served),
    good: sum(rows, (row) => row.good),
    ...(goodByClass === null ? {} : { goodByClass }),
    errors: mergedErrors(rows),
    inFlight: last.inFlight,
    latency: mergedLatency(rows.map((row) => row.latency)),
    utilisation: byTime((row) => row.utilisation),
    queueDepth: byTime((row) => row.queueDepth),
    connections: mostConnections(rows),
    lockWaits: byTime((row) => row.lockWaits),
    hitRatio: weightedMean(
      rows,
      (row) => row.hitRatio,
      (row) => row.served,
    ),
    lagMs: last.lagMs,
    costPerHour: last.costPerHour,
  };
}

type Figure = (row: Measurement) => number | null;

export const lengthOf = (row: Measurement): number => row.endMs - row.startMs;

/** Mean over the rows that have the figure; null when none has, or none has weight. */
export function weightedMean(
  rows: readonly Measurement[],
  value: Figure,
  weight: (row: Measurement) => number,
): number | null {
  let total = 0;
  let weights = 0;
  for (const row of rows) {
    const figure = value(row);
    if (figure === null) continue;
    total += figure * weight(row);
    weights += weight(row);
  }
  return weights > 0 ? total / weights : null;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function mergedLatency(parts: readonly Latency[]): Latency {
  const buckets = parts[0]?.bucketCounts ?? [];
  const bucketCounts = buckets.map((_, i) => sum(parts, (part) => part.bucketCounts[i] ?? 0));
  return {
    count: sum(parts, (part) => part.count),
    sumMs: sum(parts, (part) => part.sumMs),
    bucketCounts,
    p50Ms: percentileFromBuckets(bucketCounts, 0.5),
    p95Ms: percentileFromBuckets(bucketCounts, 0.95),
    p99Ms: percentileFromBuckets(bucketCounts, 0.99),
  };
}

function mergedErrors(rows: readonly Measurement[]): Measurement['errors'] {
  const errors: Partial<Record<Cause, number>> = {};
  for (const cause of CAUSES) {
    const count = sum(rows, (row) => row.errors[cause] ?? 0);
    if (count > 0) errors[cause] = count;
  }
  return errors;
}

function mergedGoods(rows: readonly Measurement[]): Record<string, number> | null {
  const parts = rows.flatMap(({ goodByClass }) => (goodByClass === undefined ? [] : [goodByClass]));
  if (parts.length === 0) return null;
  const goods: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, count] of Object.entries(part)) goods[name] = (goods[name] ?? 0) + count;
  }
  return goods;
}

function mostConnections(rows: readonly Measurement[]): Measurement['connections'] {
  const told = rows.flatMap(({ connections }) => (connections === null ? [] : [connections]));
  const last = told.at(-1);
  if (last === undefined) return null;
  return { used: Math.max(...told.map(({ used }) => used)), limit: last.limit };
}
