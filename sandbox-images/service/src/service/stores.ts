import type { Cause, ServiceConfiguration } from '@project-devops/simulation/protocol';
import { type CacheClient, openCache } from './cache.ts';
import { causeOf, type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { Failure } from './failure.ts';
import type { ServiceMetrics } from './service-metrics.ts';
import { TokenPool } from './token-pool.ts';

type Address = ServiceConfiguration['reads'][number];

/** How stores are opened; tests bring their own. */
export interface StoreDrivers {
  openDatabase(options: DatabaseOptions): Database;
  openCache(host: string, valueBytes: number): CacheClient;
}
export const DRIVERS: StoreDrivers = { openDatabase, openCache };

export interface StoresOptions {
  readonly configuration: ServiceConfiguration;
  readonly password: string;
  readonly metrics: ServiceMetrics;
  readonly drivers: StoreDrivers;
}

/** Calls to the stores that a configuration names, counted and timed. */
export class Stores {
  readonly #options: StoresOptions;
  readonly #tokens: TokenPool;
  readonly #databases = new Map<string, Database>();
  readonly #caches = new Map<string, CacheClient>();
  #turn = 0;

  constructor(options: StoresOptions) {
    const { configuration, password, drivers } = options;
    const { pool, lockTimeoutMs, reads, writes, caches, valueBytes } = configuration;
    this.#options = options;
    this.#tokens = new TokenPool(pool.size, pool.timeoutMs);
    for (const { node, host } of writes === null ? reads : [...reads, writes]) {
      if (this.#databases.has(node)) continue;
      const connectTimeoutMs = pool.timeoutMs;
      const connections = pool.size;
      this.#databases.set(
        node,
        drivers.openDatabase({ host, password, connections, lockTimeoutMs, connectTimeoutMs }),
      );
    }
    for (const { node, host } of caches) {
      this.#caches.set(node, drivers.openCache(host, valueBytes));
    }
  }

  /** Whether calls of another configuration would go to the same stores in the same way. */
  fits(other: ServiceConfiguration): boolean {
    const part = ({
      reads,
      writes,
      caches,
      pool,
      lockTimeoutMs,
      valueBytes,
    }: ServiceConfiguration) =>
      JSON.stringify([reads, writes, caches, pool, lockTimeoutMs, valueBytes]);
    return part(this.#options.configuration) === part(other);
  }

  async warm(): Promise<void> {
    await Promise.all([...this.#databases.values()].map((database) => database.warm()));
  }

  /** A query on one of the databases that answer reads, by turns. */
  async read(item: number, rows: number): Promise<void> {
    const { reads } = this.#options.configuration;
    const target = reads[this.#turn++ % Math.max(1, reads.length)];
    await this.#query(target, (database) => database.read(item, rows));
  }

  async write(hotRow: number, rows: number): Promise<void> {
    const { writes } = this.#options.configuration;
    await this.#query(writes ?? undefined, (database) => database.write(hotRow, rows));
  }

  /** Whether the cache has the item; a cache that fails has nothing. */
  async lookUp(item: number): Promise<boolean> {
    return (await this.#cached(item, (cache) => cache.get(item))) ?? false;
  }

  async fill(item: number): Promise<void> {
    await this.#cached(item, (cache) => cache.set(item));
  }

  async forget(item: number): Promise<void> {
    await this.#cached(item, (cache) => cache.forget(item));
  }

  get hasCache(): boolean {
    return this.#caches.size > 0;
  }

  /** Lets what is under way end, then closes every connection. */
  async close(): Promise<void> {
    for (const cache of this.#caches.values()) cache.close();
    await Promise.all([...this.#databases.values()].map((database) => database.close()));
  }

  /** Rejects with a `Failure`. */
  async #query(
    target: Address | undefined,
    ask: (database: Database) => Promise<void>,
  ): Promise<void> {
    const { node } = this.#options.configuration;
    if (!(await this.#tokens.take())) throw new Failure('pool-exhausted', node);
    try {
      const database = target === undefined ? undefined : this.#databases.get(target.node);
      if (target === undefined || database === undefined) throw new Failure('no-route', node);
      await this.#call(target.node, () => ask(database), causeOf);
    } finally {
      this.#tokens.give();
    }
  }

  /** Null when there is no cache or it failed. */
  async #cached<T>(item: number, ask: (cache: CacheClient) => Promise<T>): Promise<T | null> {
    const { caches } = this.#options.configuration;
    const target = caches[item % Math.max(1, caches.length)];
    const cache = target === undefined ? undefined : this.#caches.get(target.node);
    if (target === undefined || cache === undefined) return null;
    try {
      return await this.#call(
        target.node,
        () => ask(cache),
        () => 'node-down',
      );
    } catch {
      return null;
    }
  }

  async #call<T>(
    target: string,
    ask: () => Promise<T>,
    reasonOf: (error: unknown) => Cause,
  ): Promise<T> {
    const { metrics } = this.#options;
    const startMs = performance.now();
    metrics.called(target);
    try {
      const answer = await ask();
      metrics.answered(target, performance.now() - startMs);
      return answer;
    } catch (error) {
      const reason = reasonOf(error);
      metrics.callFailed(target, reason);
      throw new Failure(reason, target);
    }
  }
}
