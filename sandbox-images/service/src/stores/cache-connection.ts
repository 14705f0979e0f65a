import { createClient } from 'redis';

/** A connection to a cache on which all commands travel one behind the other. */
export interface CacheConnection {
  /** Whether it is connected now; commands given otherwise fail at once. */
  readonly ready: boolean;
  get(key: string): Promise<boolean>;
  set(key: string, value: Buffer): Promise<void>;
  forget(key: string): Promise<void>;
  /** Lets commands that were sent be answered, then closes. */
  close(): void;
}

/** Connects in the background, and again whenever the connection breaks. */
export type OpenCacheConnection = (host: string, port: number) => CacheConnection;

const RECONNECT_PAUSE_MS = 250;
const CONNECT_PATIENCE_MS = 2_000;

export const openCacheConnection: OpenCacheConnection = (host, port) => {
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
  // Every failed try to reconnect is told; whether the cache is there is asked at each command.
  client.on('error', () => {});
  client.connect().catch(() => {});
  return {
    get ready() {
      return client.isReady;
    },
    get: async (key) => (await client.get(key)) !== null,
    set: async (key, value) => {
      await client.set(key, value);
    },
    forget: async (key) => {
      await client.del(key);
    },
    close: () => {
      if (client.isReady) client.close().catch(() => {});
      else client.destroy();
    },
  };
};
