import { ServiceConfigurationSchema } from '@project-devops/simulation/protocol';
import { createCpuClock } from '../cgroup-cpu.ts';
import { type Environment, followConfiguration } from '../live-configuration.ts';
import { serveMetrics } from '../metrics-server.ts';
import { Application } from './application.ts';
import { createHttp } from './http.ts';
import { nativeWork, RunQueue } from './run-queue.ts';
import { ServiceMetrics } from './service-metrics.ts';
import { DRIVERS } from './stores.ts';

const PORT = 8080;
/** Requests under way when the container is asked to end. */
const DRAIN_MS = 5_000;
/** Code paths run before the first request, so that it is no slower than the next ones. */
const WARM_UP_REQUESTS = 200;
const WARM_UP_ROUNDS = 500;

/** Serves until SIGTERM. Rejects with a sentence when its configuration or a port is no good. */
export async function startService(environment: Environment): Promise<void> {
  const password = environment.STORE_PASSWORD ?? '';
  let application: Application | null = null;
  const configuration = followConfiguration(ServiceConfigurationSchema, environment, (next) =>
    application?.configure(next),
  );
  const queue = new RunQueue(configuration.workers);
  const metrics = new ServiceMetrics(createCpuClock(), () => queue.waitedSeconds());
  application = new Application({ configuration, password, metrics, queue, drivers: DRIVERS });
  const http = createHttp(application);
  for (let i = 0; i < WARM_UP_REQUESTS; i++) await http.inject({ url: '/healthz' });
  for (let i = 0; i < WARM_UP_REQUESTS; i++) await nativeWork(WARM_UP_ROUNDS);
  await application.warm();
  await serveMetrics(metrics.registry);
  await http.listen({ port: PORT, host: '0.0.0.0', backlog: configuration.backlog * 2 });
  process.on('SIGTERM', () => {
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    http.close().then(() => process.exit(0));
  });
}
