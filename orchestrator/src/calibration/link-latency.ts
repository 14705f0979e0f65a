import {
  type ApplicationOperation,
  type CalibratedWork,
  END_TO_END,
  type Measurement,
} from '@project-devops/simulation/protocol';
import type { Estimate } from './least-squares.ts';
import type { ProbedWindows } from './probe.ts';

/**
 * One way over one link, in ms: what the clients' mean latency has beyond the CPU time of all works on the
 * way, over the ways that a request takes (to the entry and back, and to a store and back for each call).
 * Taken from whole requests, so that prediction and reality agree at light load, whatever part of the CPU
 * time lies outside the answer. The lower quartile over all windows without a cache, since whatever disturbs
 * a window makes it slower; 0 when CPU time explains all.
 */
export function linkLatency(
  probes: readonly ProbedWindows[],
  demands: Readonly<Record<CalibratedWork, Estimate>>,
): number {
  const found = probes
    .filter(({ topology }) => topology.nodes.every(({ kind }) => kind !== 'cache'))
    .flatMap((probe) => probe.windows.flatMap((rows) => oneWay(probe, rows, demands) ?? []));
  return Math.max(0, lowerQuartile(found) ?? 0);
}

function oneWay(
  { topology, operations }: ProbedWindows,
  rows: readonly Measurement[],
  demands: Readonly<Record<CalibratedWork, Estimate>>,
): number | null {
  const latency = rows.find(({ node }) => node === END_TO_END)?.latency;
  if (latency === undefined || latency.count < MIN_REQUESTS) return null;
  const balancers = topology.nodes.filter(({ kind }) => kind === 'load-balancer').length;
  const calls = operations.filter((operation) => CALLS[operation] !== null).length;
  const cpuMs =
    operations.reduce((sum, operation) => sum + cpuMsOf(operation, demands), 0) +
    balancers * demands['balancer-request'].value;
  return (latency.sumMs / latency.count - cpuMs) / (2 * (1 + balancers + calls));
}

const MIN_REQUESTS = 10;
const CALLS = {
  static: null,
  compute: null,
  read: 'sql-read',
  write: 'sql-write',
} satisfies Record<ApplicationOperation, CalibratedWork | null>;

function cpuMsOf(
  operation: ApplicationOperation,
  demands: Readonly<Record<CalibratedWork, Estimate>>,
): number {
  const call = CALLS[operation];
  return demands[`app-${operation}`].value + (call === null ? 0 : demands[call].value);
}

function lowerQuartile(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? null;
}
