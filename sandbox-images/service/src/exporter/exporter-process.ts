import {
  type ExporterConfiguration,
  ExporterConfigurationSchema,
} from '@project-devops/simulation/protocol';
import { Registry } from 'prom-client';
import { type Read, readConfiguration } from '../configuration/read.ts';
import { steer } from '../configuration/steer.ts';
import { listen } from '../listen.ts';
import { containerCpuSeconds } from '../metrics/cpu-account.ts';
import { createMetricsServer } from '../metrics/metrics-server.ts';
import type { Surroundings } from '../surroundings.ts';
import { createCacheWatch } from './cache-watch.ts';
import { Exporter } from './exporter.ts';
import { createSqlWatch } from './sql-watch.ts';
import { createStoreMetrics } from './store-metrics.ts';
import type { StoreWatch, WatchedStore } from './store-watch.ts';

const schema = ExporterConfigurationSchema;
/** Shorter than the 900 ms that Prometheus gives a scrape. */
const PATIENCE_MS = 800;

/** Starts the exporter; resolves when it listens, or at once with the reason why it cannot start. */
export async function runExporter(around: Surroundings): Promise<Read<null>> {
  const read = readConfiguration<ExporterConfiguration>(schema, around.configuration);
  if (!read.ok) return read;
  const registry = new Registry();
  const tell = createStoreMetrics(registry);
  const exporter = new Exporter((store) => openWatch(store, around), PATIENCE_MS);
  exporter.configure(read.value);
  const server = createMetricsServer(registry, async () => {
    tell(await exporter.read(), containerCpuSeconds());
  });
  await listen(server, around.metricsPort);
  steer<ExporterConfiguration>({
    scratchFolder: around.scratchFolder,
    schema,
    apply: (configuration) => exporter.configure(configuration),
    stop: async () => {
      server.close();
      exporter.close();
    },
  });
  return { ok: true, value: null };
}

function openWatch({ kind, host }: WatchedStore, around: Surroundings): StoreWatch {
  const { cachePort, sqlPort: port, storePassword: password } = around;
  switch (kind) {
    case 'cache':
      return createCacheWatch(host, cachePort);
    case 'sql-primary':
    case 'sql-replica':
      return createSqlWatch({ host, port, password });
  }
}
