import { createClient } from 'redis';
import type { StoreReading, StoreWatch } from './store-watches.ts';

const CONNECT_MS = 600;
const RECONNECT_MS = 500;

/** Looks at a Redis by its INFO command. */
export function watchRedis(host: string): StoreWatch {
  const client = createClient({
    url: `redis://${host}:6379`,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: () => RECONNECT_MS },
  });
  client.on('error', () => undefined);
  client.connect().catch(() => undefined);
  return {
    read: async () => readInfo(await client.info()),
    close: () => client.destroy(),
  };
}

/** The reading that INFO's lines tell; the CPU time is the server's with its children. */
export function readInfo(info: string): StoreReading {
  const values = new Map(
    info.split(/\r?\n/).map((line) => line.split(':', 2) as [string, string | undefined]),
  );
  const number = (name: string) => Number(values.get(name) ?? 0);
  return {
    cpuSeconds: number('used_cpu_sys') + number('used_cpu_user'),
    connections: Math.max(0, number('connected_clients') - 1),
    lockWaits: null,
    hits: number('keyspace_hits'),
    misses: number('keyspace_misses'),
    lagSeconds: null,
  };
}
