import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import { Client } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCacheWatch } from './exporter/cache-watch.ts';
import { createSqlWatch } from './exporter/sql-watch.ts';
import type { Failure } from './requests/failure.ts';
import { Service } from './requests/service.ts';
import { StoreBook } from './stores/links.ts';
import { openRedisConnection } from './stores/redis-connection.ts';
import { openSqlConnection } from './stores/sql-connection.ts';
import { sampleConfiguration } from './testing/sample-configuration.ts';
import { type StoreContainer, startStore } from './testing/store-containers.ts';

const CONNECTIONS = 12;
const HERE = '127.0.0.1';
const sql = { node: 'sql', host: HERE };
const cache = { node: 'cache', host: HERE };
const clock = () => performance.now();

let database: StoreContainer;
let redis: StoreContainer;
let stores: StoreBook;
let service: Service;
let registry: Registry;

const configured = (changes: Partial<ServiceConfiguration> = {}) =>
  sampleConfiguration({
    ...{ writes: sql, reads: [sql], caches: [cache], valueBytes: 20_000 },
    data: { items: 1_000, zipfExponent: 1, hotRows: 1, hotRowExponent: 0 },
    demands: { ...sampleConfiguration().demands, 'sql-write': { meanMs: 1, cv: 0 } },
    ...changes,
  });

function open(changes: Partial<ServiceConfiguration> = {}): void {
  stores = new StoreBook({
    ...{ password: 'secret', sqlPort: database.port, cachePort: redis.port, clock },
    ...{ openSql: openSqlConnection, openCache: openRedisConnection },
  });
  registry = new Registry();
  service = new Service(configured(changes), { registry, stores, clock, cpuSeconds: () => 0 });
}

const ask = (requestClass: string) =>
  new Promise<Failure | null>((answer) => service.take(requestClass, answer));
const askAll = async (requestClass: string, times: number) =>
  (await Promise.all(Array.from({ length: times }, () => ask(requestClass)))).map(
    (failure) => failure?.cause ?? 'served',
  );

async function client(): Promise<Client> {
  const opened = new Client({
    ...{ host: HERE, port: database.port, user: 'app', database: 'app', password: 'secret' },
  });
  opened.on('error', () => {});
  await opened.connect();
  return opened;
}

/** Takes every connection that the database has left. */
async function allConnections(): Promise<Client[]> {
  const taken: Client[] = [];
  for (;;) {
    const next = await client().catch(() => null);
    if (next === null) return taken;
    taken.push(next);
  }
}

/** Holds the lock of the only hot row while something happens. */
async function withRowLocked<T>(happen: () => Promise<T>): Promise<T> {
  const holder = await client();
  try {
    await holder.query('begin');
    await holder.query('update hot_rows set value = value where id = 0');
    return await happen();
  } finally {
    await holder.query('rollback');
    await holder.end();
  }
}

beforeAll(async () => {
  const settings = ['role=primary', `max_connections=${CONNECTIONS}`, 'items=1000', 'hot_rows=1'];
  database = await startStore({
    ...{ image: 'postgres', port: 5432, configuration: settings.join('\n') },
  });
  const limits = 'maxmemory 20mb\nmaxmemory-policy allkeys-lru';
  redis = await startStore({ image: 'redis', port: 6379, configuration: limits });
});
afterAll(async () => {
  stores.drain();
  await database[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});
beforeEach(() => {
  if (stores !== undefined) stores.drain();
});

describe('the service and its real stores', () => {
  it('reads through the cache and writes', async () => {
    open();
    expect(await ask('write')).toBeNull();
    for (let turn = 0; turn < 20; turn++) expect(await ask('read')).toBeNull();
    const text = await registry.metrics();
    const answered = (node: string): number =>
      Number(new RegExp(`call_duration_seconds_count{target="${node}"} (\\d+)`).exec(text)?.[1]);
    // A write forgets; each of 20 reads looks up, and sets after each miss, which is a query.
    expect(answered('cache')).toBe(21 + answered('sql') - 1);
    expect(answered('sql')).toBeLessThan(21);
    expect(text).not.toContain('errors_total{');
  });

  it('tells a row that stays locked from a pool that is used up', async () => {
    open({ pool: { size: 1, timeoutMs: 200 }, lockTimeoutMs: 1_000 });
    const causes = await withRowLocked(() => askAll('write', 2));
    expect(causes).toEqual(['lock-time-out', 'pool-exhausted']);
    expect(await ask('write')).toBeNull();
  });

  it('is refused by a database without a connection left, and served again after', async () => {
    open({ pool: { size: 10, timeoutMs: 2_000 }, caches: [], lockTimeoutMs: 300 });
    expect(await ask('read')).toBeNull();
    const causes = await withRowLocked(async () => {
      const others = await allConnections();
      const refused = await askAll('write', 5);
      for (const other of others) await other.end();
      return new Set(refused);
    });
    expect(causes).toEqual(new Set(['connection-refused', 'lock-time-out']));
    await vi.waitFor(async () =>
      expect(await askAll('read', 3)).not.toContain('connection-refused'),
    );
  });

  it('takes new links and pools under load without a failed request', async () => {
    open();
    const answers: (Failure | null)[] = [];
    let loading = true;
    const load = async (requestClass: string): Promise<void> => {
      while (loading) answers.push(await ask(requestClass));
    };
    const clients = ['read', 'write', 'read'].map(load);
    for (let turn = 0; turn < 10; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const pool = { size: 1 + (turn % 3), timeoutMs: 2_000 };
      const reads = [{ node: `replica-${turn}`, host: HERE }];
      service.configure(configured({ reads, pool, caches: turn % 2 === 0 ? [] : [cache] }));
    }
    loading = false;
    await Promise.all(clients);
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter((failure) => failure !== null)).toEqual([]);
  });
});

describe('the exporter and real stores', () => {
  it('sees CPU time, lock waits and connections at work', async () => {
    open({ caches: [] });
    const watch = createSqlWatch({ host: HERE, port: database.port, password: 'secret' });
    await vi.waitFor(async () => expect((await watch.read()).connections).toBe(0), 5_000);
    const calm = await watch.read();
    expect(calm).toMatchObject({ lockWaits: 0, lagSeconds: null });
    expect(calm.cpuSeconds).toBeGreaterThan(0);
    await withRowLocked(async () => {
      const written = ask('write');
      await vi.waitFor(async () => {
        expect(await watch.read()).toMatchObject({ connections: 1, lockWaits: 1 });
      }, 5_000);
      await written;
    });
    const later = await watch.read();
    expect(later.cpuSeconds).toBeGreaterThan(calm.cpuSeconds ?? 0);
    watch.close();
  });

  it('sees hits and misses', async () => {
    open();
    const watch = createCacheWatch(HERE, redis.port);
    await vi.waitFor(() => watch.read(), 5_000);
    const before = await watch.read();
    for (let turn = 0; turn < 10; turn++) await ask('read');
    const after = await watch.read();
    const lookUps = (reading: typeof after) => (reading.hits ?? 0) + (reading.misses ?? 0);
    expect(lookUps(after) - lookUps(before)).toBe(10);
    expect(after.cpuSeconds).toBeGreaterThan(0);
    watch.close();
  });
});

describe('when a store is killed', () => {
  it('a cache is done without, a database fails as a node that is down', async () => {
    open();
    expect(await ask('read')).toBeNull();
    await redis.kill();
    expect(new Set(await askAll('read', 10))).toEqual(new Set(['served']));
    const before = askAll('read', 2);
    await database.kill();
    await before;
    await vi.waitFor(async () => {
      expect(await ask('read')).toMatchObject({ cause: 'node-down', node: 'sql' });
    }, 5_000);
    const watch = createSqlWatch({ host: HERE, port: database.port, password: 'secret' });
    await expect(watch.read()).rejects.toThrow();
    watch.close();
  });
});
