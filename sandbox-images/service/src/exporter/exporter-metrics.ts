import { CPU_METRIC, STORE_METRICS } from '@project-devops/simulation/protocol';
import type { Look, StoreReading } from './store-watches.ts';

/** The name under which the exporter tells its own CPU time. */
const OWN_NODE = '_exporter';

/** Each metric, its type, and the figure of a reading that it tells. */
const METRICS = [
  [CPU_METRIC, 'counter', 'cpuSeconds'],
  [STORE_METRICS.hits, 'counter', 'hits'],
  [STORE_METRICS.misses, 'counter', 'misses'],
  [STORE_METRICS.connections, 'gauge', 'connections'],
  [STORE_METRICS.lockWaits, 'gauge', 'lockWaits'],
  [STORE_METRICS.lag, 'gauge', 'lagSeconds'],
] as const satisfies readonly (readonly [string, string, keyof StoreReading])[];

/**
 * What was seen, in the Prometheus text format 0.0.4. Of a store that did not answer only `up` is told:
 * no figure of it is older than the scrape.
 */
export function exposition(looks: readonly Look[], ownCpuSeconds: number): string {
  const lines = [`# TYPE ${STORE_METRICS.up} gauge`];
  for (const { node, reading } of looks) {
    lines.push(sample(STORE_METRICS.up, node, reading === null ? 0 : 1));
  }
  for (const [metric, type, field] of METRICS) {
    lines.push(`# TYPE ${metric} ${type}`);
    for (const { node, reading } of looks) {
      const value = reading?.[field] ?? null;
      if (value !== null) lines.push(sample(metric, node, value));
    }
    if (metric === CPU_METRIC) lines.push(sample(metric, OWN_NODE, ownCpuSeconds));
  }
  return `${lines.join('\n')}\n`;
}

/** Node ids hold nothing that would need escaping. */
function sample(metric: string, node: string, value: number): string {
  return `${metric}{node="${node}"} ${value}`;
}
