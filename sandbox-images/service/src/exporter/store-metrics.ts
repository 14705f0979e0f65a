import { CPU_METRIC, STORE_METRICS } from '@project-devops/simulation/protocol';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { StoreReading } from './store-watch.ts';

/** A store's reading; null when it did not answer. */
export interface ToldReading {
  readonly node: string;
  readonly reading: StoreReading | null;
}

type Field = keyof StoreReading;
type Tell = (readings: readonly ToldReading[], ownCpuSeconds: number) => void;

/** The metrics of the watched stores; the function that it answers replaces what they tell, so nothing goes stale. */
export function createStoreMetrics(registry: Registry): Tell {
  const common = { labelNames: ['node'] as const, registers: [registry] };
  const gauge = (name: string, help: string) => new Gauge({ name, help, ...common });
  const counter = (name: string, help: string) => new Counter({ name, help, ...common });
  const up = gauge(STORE_METRICS.up, '1 when the store answered.');
  const cpu = counter(CPU_METRIC, 'CPU time of the container.');
  const fields = {
    cpuSeconds: cpu,
    connections: gauge(STORE_METRICS.connections, 'Connections that are working.'),
    lockWaits: gauge(STORE_METRICS.lockWaits, 'Backends that wait for a row lock.'),
    hits: counter(STORE_METRICS.hits, 'Look-ups that found their key.'),
    misses: counter(STORE_METRICS.misses, 'Look-ups that did not.'),
    lagSeconds: gauge(STORE_METRICS.lag, 'How far a replica is behind its primary.'),
  } satisfies Record<Field, Gauge<'node'> | Counter<'node'>>;
  return (readings, ownCpuSeconds) => {
    for (const metric of [up, ...Object.values(fields)]) metric.reset();
    cpu.inc(ownCpuSeconds);
    for (const { node, reading } of readings) {
      up.set({ node }, reading === null ? 0 : 1);
      if (reading !== null) tell(fields, node, reading);
    }
  };
}

function tell(
  fields: Readonly<Record<Field, Gauge<'node'> | Counter<'node'>>>,
  node: string,
  reading: StoreReading,
): void {
  for (const [field, metric] of Object.entries(fields)) {
    const value = reading[field as Field];
    if (value !== null) metric.inc({ node }, value);
  }
}
