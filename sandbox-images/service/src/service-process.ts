import {
  type ServiceConfiguration,
  ServiceConfigurationSchema,
} from '@project-devops/simulation/protocol';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Read, readConfiguration } from './configuration/read.ts';
import { steer } from './configuration/steer.ts';
import { listen } from './listen.ts';
import { containerCpuSeconds } from './metrics/cpu-account.ts';
import { createMetricsServer } from './metrics/metrics-server.ts';
import { createDoor } from './requests/door.ts';
import { Service } from './requests/service.ts';
import { StoreBook } from './stores/links.ts';
import { openRedisConnection } from './stores/redis-connection.ts';
import { openSqlConnection } from './stores/sql-connection.ts';
import type { Surroundings } from './surroundings.ts';
import { warmUp } from './warm-up.ts';

const schema = ServiceConfigurationSchema;

/** The event loop's lag is sampled this often; prom-client's own 10 ms take 9 ms of CPU a second. */
const LAG_SAMPLE_MS = 500;

/** Starts the service; resolves when it is healthy, or at once with the reason why it cannot start. */
export async function runService(around: Surroundings): Promise<Read<null>> {
  const read = readConfiguration<ServiceConfiguration>(schema, around.configuration);
  if (!read.ok) return read;
  const registry = new Registry();
  const stores = openStores(around);
  const service = new Service(read.value, {
    registry,
    stores,
    clock: () => performance.now(),
    cpuSeconds: containerCpuSeconds,
  });
  let healthy = false;
  const door = createDoor(service, () => healthy);
  const metricsServer = createMetricsServer(registry);
  await listen(metricsServer, around.metricsPort);
  await door.listen({ host: '0.0.0.0', port: around.httpPort });
  steer<ServiceConfiguration>({
    scratchFolder: around.scratchFolder,
    schema,
    apply: (configuration) => service.configure(configuration),
    stop: async () => {
      await door.close();
      metricsServer.close();
      stores.drain();
    },
  });
  await warmUp(read.value);
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS });
  healthy = true;
  return { ok: true, value: null };
}

function openStores({ storePassword, sqlPort, cachePort }: Surroundings): StoreBook {
  return new StoreBook({
    password: storePassword,
    sqlPort,
    cachePort,
    openSql: openSqlConnection,
    openCache: openRedisConnection,
    clock: () => performance.now(),
  });
}
