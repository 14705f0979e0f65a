import { openRedisConnection } from '../stores/redis-connection.ts';
import type { StoreReading, StoreWatch } from './store-watch.ts';

/** Watches a Redis over one connection, which is made anew in the background whenever it breaks. */
export function createCacheWatch(host: string, port: number): StoreWatch {
  const connection = openRedisConnection(host, port);
  return {
    read: async () => cacheReading(String(await connection.ask('INFO', 'cpu', 'stats'))),
    close: () => connection.close(),
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
