import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import type { Clock } from '../work/clock.ts';
import { Cache } from './cache.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { OpenSqlConnection, Statement } from './sql-connection.ts';
import { SqlDatabase } from './sql-database.ts';

/** A store by the id of its node. */
export interface Linked<S> {
  readonly node: string;
  readonly store: S;
}

/** The stores that requests go to. */
export interface Links {
  readonly writes: Linked<SqlDatabase> | null;
  readonly reads: readonly Linked<SqlDatabase>[];
  readonly caches: readonly Linked<Cache>[];
}

export interface StoreBookOptions {
  readonly password: string;
  readonly sqlPort: number;
  readonly cachePort: number;
  readonly openSql: OpenSqlConnection;
  readonly openCache: (host: string, port: number) => RedisConnection;
  readonly clock: Clock;
}

type StoreAddress = ServiceConfiguration['reads'][number];
type Drainable = SqlDatabase | Cache;

/** The stores in use, kept from one configuration to the next as long as they are linked. */
export class StoreBook {
  readonly #options: StoreBookOptions;
  #stores = new Map<string, Drainable>();

  constructor(options: StoreBookOptions) {
    this.#options = options;
  }

  /** The links of a configuration. Stores that it does not name any more are drained. */
  link(configuration: ServiceConfiguration): Links {
    const before = this.#stores;
    const now = new Map<string, Drainable>();
    const keep = <S extends Drainable>(key: string, make: () => S): S => {
      const store = (now.get(key) ?? before.get(key) ?? make()) as S;
      now.set(key, store);
      return store;
    };
    const { lockTimeoutMs, reads, caches } = configuration;
    const readNodes = new Set(reads.map(({ node }) => node));
    const database = ({ node, host }: StoreAddress): Linked<SqlDatabase> => {
      const written = configuration.writes?.node === node;
      const statements: Statement[] = [];
      if (readNodes.has(node)) statements.push('read');
      if (written) statements.push('write');
      const key = ['sql', node, host, lockTimeoutMs].join(' ');
      return { node, store: keep(key, () => this.#database(host, lockTimeoutMs, statements)) };
    };
    const links: Links = {
      writes: configuration.writes === null ? null : database(configuration.writes),
      reads: reads.map(database),
      caches: caches.map(({ node, host }) => ({
        node,
        store: keep(['cache', node, host].join(' '), () => this.#cache(host)),
      })),
    };
    this.#stores = now;
    for (const [key, store] of before) if (!now.has(key)) store.drain();
    return links;
  }

  /** Closes all connections, each when its last query is done. */
  drain(): void {
    for (const store of this.#stores.values()) store.drain();
  }

  #database(host: string, lockTimeoutMs: number, statements: readonly Statement[]): SqlDatabase {
    const { password, sqlPort, openSql, clock } = this.#options;
    const address = { host, port: sqlPort, password, lockTimeoutMs };
    const database = new SqlDatabase({ address, open: openSql, clock });
    void database.warmUp(statements);
    return database;
  }

  #cache(host: string): Cache {
    const { cachePort, openCache, clock } = this.#options;
    return new Cache(openCache(host, cachePort), clock);
  }
}
