import { createClient } from 'redis';

export interface CacheClient {
  get(item: number): Promise<boolean>;
  set(item: number): Promise<void>;
  forget(item: number): Promise<void>;
  close(): void;
}

const RECONNECT_MS = 500;

/** A Redis that keeps a value of `valueBytes` for each item. Calls reject at once while it is away. */
export function openCache(host: string, valueBytes: number): CacheClient {
  const client = createClient({
    url: `redis://${host}:6379`,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: () => RECONNECT_MS },
  });
  const value = 'x'.repeat(valueBytes);
  client.on('error', () => undefined);
  client.connect().catch(() => undefined);
  const key = (item: number) => `item:${item}`;
  return {
    get: async (item) => (await client.get(key(item))) !== null,
    set: async (item) => void (await client.set(key(item), value)),
    forget: async (item) => void (await client.del(key(item))),
    close: () => client.destroy(),
  };
}
