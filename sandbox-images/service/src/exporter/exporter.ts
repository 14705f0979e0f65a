import {
  type ExporterConfiguration,
  ExporterConfigurationSchema,
} from '@project-devops/simulation/protocol';
import { createCpuClock } from '../cgroup-cpu.ts';
import { type Environment, followConfiguration } from '../live-configuration.ts';
import { serveMetrics } from '../metrics-server.ts';
import { exposition } from './exporter-metrics.ts';
import { watchPostgres } from './postgres-watch.ts';
import { watchRedis } from './redis-watch.ts';
import { StoreWatches } from './store-watches.ts';

/** Tells about the configured stores at each scrape until SIGTERM. */
export async function startExporter(environment: Environment): Promise<void> {
  const password = environment.STORE_PASSWORD ?? '';
  const watches = new StoreWatches((store) =>
    store.kind === 'cache'
      ? watchRedis(store.host)
      : watchPostgres(store.host, store.kind, password),
  );
  const adopt = ({ stores }: ExporterConfiguration) => watches.watch(stores);
  adopt(followConfiguration(ExporterConfigurationSchema, environment, adopt));
  const ownCpuSeconds = createCpuClock();
  await serveMetrics({
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    metrics: async () => exposition(await watches.look(), ownCpuSeconds()),
  });
  process.on('SIGTERM', () => process.exit(0));
}
