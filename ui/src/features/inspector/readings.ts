import type { Measurement } from '@project-devops/simulation/protocol';
import { throughputPerSecond } from '@project-devops/simulation/protocol';
import type { ReadingName } from '../../components/node-catalogue.ts';

/** A measured value with its unit; the whole is null when it was not measured. */
export type Reading =
  | { readonly unit: 'per-second' | 'ratio' | 'count' | 'ms'; readonly value: number }
  | { readonly unit: 'of'; readonly used: number; readonly limit: number }
  | { readonly unit: 'percentiles'; readonly values: readonly (number | null)[] };

function of<U extends 'ratio' | 'count' | 'ms'>(unit: U, value: number | null): Reading | null {
  return value === null ? null : { unit, value };
}

function perSecond(row: Measurement, count: number): Reading | null {
  const seconds = (row.endMs - row.startMs) / 1000;
  return seconds > 0 ? { unit: 'per-second', value: count / seconds } : null;
}

/** One reading of a measurement; null when it was not measured there. */
export function readingOf(name: ReadingName, row: Measurement): Reading | null {
  switch (name) {
    case 'offered':
      return perSecond(row, row.offered);
    case 'served':
      return { unit: 'per-second', value: throughputPerSecond(row) };
    case 'good':
      return of('ratio', row.served > 0 ? row.good / row.served : null);
    case 'latency':
      return row.latency.p50Ms === null
        ? null
        : {
            unit: 'percentiles',
            values: [row.latency.p50Ms, row.latency.p95Ms, row.latency.p99Ms],
          };
    case 'utilisation':
      return of('ratio', row.utilisation);
    case 'waiting':
      return of('count', row.queueDepth);
    case 'connections':
      return row.connections && { unit: 'of', ...row.connections };
    case 'inFlight':
      return of('count', row.inFlight);
    case 'hitRatio':
      return of('ratio', row.hitRatio);
    case 'lag':
      return of('ms', row.lagMs);
    case 'lockWaits':
      return of('count', row.lockWaits);
    case 'instances':
      return of('count', row.instances?.running ?? null);
    case 'consumerLag':
      return of('count', row.consumerLag ?? null);
    case 'deadLetters':
      return of('count', row.messages?.deadLettered ?? null);
  }
}
