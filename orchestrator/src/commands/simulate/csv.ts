import { CAUSES, errorCount, throughputPerSecond } from '@project-devops/simulation/protocol';
import type { Report, ReportRow } from './report.ts';

type Figure = (row: ReportRow) => string | number | null | undefined;

/** Columns in their order; units are in the names, times in milliseconds, ratios from 0 to 1. */
const COLUMNS: Readonly<Record<string, Figure>> = {
  node: (row) => row.node,
  kind: (row) => row.kind,
  startMs: (row) => row.startMs,
  endMs: (row) => row.endMs,
  offered: (row) => row.offered,
  served: (row) => row.served,
  good: (row) => row.good,
  errors: (row) => errorCount(row.errors),
  ...Object.fromEntries(CAUSES.map((cause): [string, Figure] => [cause, causeFigure(cause)])),
  inFlight: (row) => row.inFlight,
  throughputPerSecond,
  meanMs: ({ latency }) => (latency.count > 0 ? latency.sumMs / latency.count : null),
  p50Ms: (row) => row.latency.p50Ms,
  p95Ms: (row) => row.latency.p95Ms,
  p99Ms: (row) => row.latency.p99Ms,
  utilisation: (row) => row.utilisation,
  queueDepth: (row) => row.queueDepth,
  connectionsUsed: (row) => row.connections?.used,
  connectionsLimit: (row) => row.connections?.limit,
  lockWaits: (row) => row.lockWaits,
  hitRatio: (row) => row.hitRatio,
  lagMs: (row) => row.lagMs,
  staleReads: (row) => row.staleReads,
  lostWrites: (row) => row.lostWrites,
  snapshots: (row) => row.recovery?.snapshots,
  backups: (row) => row.recovery?.backups,
  restores: (row) => row.recovery?.restores,
  writesNotRestored: (row) => row.recovery?.lostWrites,
  rpoSeconds: (row) => row.recovery?.rpoSeconds,
  rtoSeconds: (row) => row.recovery?.rtoSeconds,
  writeConflicts: (row) => row.writeConflicts,
  compensations: (row) => row.compensations,
  dirtyItems: (row) => row.dirtyItems,
  consumerLag: (row) => row.consumerLag,
  messagesAppended: (row) => row.messages?.appended,
  messagesConsumed: (row) => row.messages?.consumed,
  messagesExpired: (row) => row.messages?.expired,
  messagesDeadLettered: (row) => row.messages?.deadLettered,
  messagesLost: (row) => row.messages?.lost,
  messagesWaiting: (row) => row.messages?.waiting,
  messagesRedelivered: (row) => row.messages?.redelivered,
  messagesDuplicates: (row) => row.messages?.duplicates,
  messagesMeanMs: (row) => row.messages?.meanMs,
  instancesRunning: (row) => row.instances?.running,
  instancesStarting: (row) => row.instances?.starting,
  instancesLimit: (row) => row.instances?.limit,
  instancesStarted: (row) => row.instances?.started,
  flagged: (row) => row.flagged,
  hostileOffered: (row) => row.hostile?.offered,
  hostileServed: (row) => row.hostile?.served,
  hostileErrors: (row) => row.hostile && errorCount(row.hostile.errors),
  hostileInFlight: (row) => row.hostile?.inFlight,
  breaches: (row) => row.hostile?.breaches,
  costPerHour: (row) => row.costPerHour,
};

/** The rows as CSV with a header; what does not apply is left empty. Ids and numbers need no quotes. */
export function csvOf({ rows }: Report): string {
  const lines = rows.map((row) => Object.values(COLUMNS).map((figure) => figure(row) ?? ''));
  return [Object.keys(COLUMNS), ...lines].map((line) => `${line.join(',')}\n`).join('');
}

function causeFigure(cause: (typeof CAUSES)[number]): Figure {
  return (row) => row.errors[cause] ?? 0;
}
