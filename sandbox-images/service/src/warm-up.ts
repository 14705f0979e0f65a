import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import { Registry } from 'prom-client';
import { createDoor } from './requests/door.ts';
import { Service } from './requests/service.ts';
import { StoreBook } from './stores/links.ts';
import { openRedisConnection } from './stores/redis-connection.ts';
import { openSqlConnection } from './stores/sql-connection.ts';

const REQUESTS = 200;
const BURST_MS = 0.05;

/**
 * Lets requests through a second service of the same code, behind a port of its own, until the compiler
 * knows the paths. Nothing of it is counted, and no store is asked.
 */
export async function warmUp(configuration: ServiceConfiguration): Promise<void> {
  const registry = new Registry();
  const door = createDoor(rehearsal(configuration, registry), () => true);
  await door.listen({ host: '127.0.0.1', port: 0 });
  const { port } = door.server.address() as AddressInfo;
  try {
    await repeat(port, REQUESTS);
    await registry.metrics();
  } finally {
    await door.close();
  }
}

function rehearsal(configuration: ServiceConfiguration, registry: Registry): Service {
  const demand = { meanMs: BURST_MS, cv: 0.5 };
  const stores = new StoreBook({
    password: '',
    sqlPort: 0,
    cachePort: 0,
    openSql: openSqlConnection,
    openCache: openRedisConnection,
    clock: () => performance.now(),
  });
  const alone: ServiceConfiguration = {
    ...configuration,
    classes: { rehearsal: { operations: ['static'], onTimeMs: 1_000, timeoutMs: 10_000 } },
    demands: { ...configuration.demands, static: demand },
    data: { items: 1, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 },
    backlog: 10,
    writes: null,
    reads: [],
    caches: [],
  };
  return new Service(alone, {
    registry,
    stores,
    clock: () => performance.now(),
    cpuSeconds: () => 0,
  });
}

/** Bare bytes, for a client that costs next to nothing: only the server is to be warmed up. */
const REQUEST = 'GET /r/rehearsal HTTP/1.1\r\nhost: rehearsal\r\n\r\n';

async function repeat(port: number, times: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  try {
    for (let done = 0; done < times; done++) {
      socket.write(REQUEST);
      await once(socket, 'data');
    }
  } finally {
    socket.destroy();
  }
}
