import { createClient } from 'redis';
import type { StoreReading, StoreWatch } from './store-watch.ts';

const RECONNECT_PAUSE_MS = 500;
const CONNECT_PATIENCE_MS = 2_000;

/** Watches a Redis over one connection, which is made anew in the background whenever it breaks. */
export function createCacheWatch(host: string, port: number): StoreWatch {
  const client = createClient({
    socket: {
      host,
      port,
      connectTimeout: CONNECT_PATIENCE_MS,
      reconnectStrategy: () => RECONNECT_PAUSE_MS,
    },
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
  // A cache that is away is told by its readings.
  client.on('error', () => {});
  client.connect().catch(() => {});
  return {
    read: async () => cacheReading(String(await client.sendCommand(['INFO', 'cpu', 'stats']))),
    close: () => client.destroy(),
  };
}

/** What the answer to INFO says. */
export function cacheReading(info: string): StoreReading {
  const figure = (name: string): number => {
    const text = new RegExp(`^${name}:([\\d.]+)\\r?$`, 'm').exec(info)?.[1];
    if (text === undefined) throw new Error(`Redis' INFO has no ${name}`);
    return Number(text);
  };
  return {
    cpuSeconds: figure('used_cpu_sys') + figure('used_cpu_user'),
    connections: null,
    lockWaits: null,
    hits: figure('keyspace_hits'),
    misses: figure('keyspace_misses'),
    lagSeconds: null,
  };
}
