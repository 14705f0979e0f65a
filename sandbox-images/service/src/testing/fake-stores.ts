import { StoreBook } from '../stores/links.ts';
import type { RedisConnection } from '../stores/redis-connection.ts';
import type { OpenSqlConnection, SqlConnection, Statement } from '../stores/sql-connection.ts';
import type { Clock } from '../work/clock.ts';

/** A query that a fake database was asked; it stays open until the test ends it. */
export interface AskedQuery {
  readonly host: string;
  readonly statement: Statement;
  readonly key: number;
  readonly rowCount: number;
  answer(): void;
  fail(error: object): void;
}

/** Databases and caches that the test plays: it says what is answered, and when. */
export class FakeStores {
  /** Every query so far; warm-ups are answered at once and not kept. */
  readonly asked: AskedQuery[] = [];
  readonly commands: string[] = [];
  readonly kept = new Set<string>();
  readonly open = new Map<string, number>();
  /** What opening a connection to a host fails with. */
  readonly unreachable = new Map<string, object>();
  readonly #losing = new Map<string, (() => void)[]>();
  cacheReady = true;

  readonly openSql: OpenSqlConnection = async ({ host }, lost) => {
    const error = this.unreachable.get(host);
    if (error !== undefined) throw error;
    this.open.set(host, (this.open.get(host) ?? 0) + 1);
    this.#losing.set(host, [...this.lost(host), lost]);
    return this.#connection(host);
  };

  readonly openCache = (): RedisConnection => {
    const stores = this;
    return {
      get ready() {
        return stores.cacheReady;
      },
      ask: async (name, key) => {
        stores.commands.push(`${name} ${key}`);
        return stores.#cached(String(name), String(key));
      },
      close: () => stores.commands.push('close'),
    };
  };

  /** For each connection to a host, what it calls when it breaks. */
  lost(host: string): readonly (() => void)[] {
    return this.#losing.get(host) ?? [];
  }

  book(clock: Clock): StoreBook {
    const { openSql, openCache } = this;
    return new StoreBook({ password: '', sqlPort: 0, cachePort: 0, openSql, openCache, clock });
  }

  #connection(host: string): SqlConnection {
    return {
      query: (statement, key, rowCount) => {
        if (key < 0) return Promise.resolve();
        return new Promise((answer, fail) => {
          this.asked.push({ host, statement, key, rowCount, answer, fail });
        });
      },
      close: () => this.open.set(host, (this.open.get(host) ?? 0) - 1),
    };
  }

  #cached(name: string, key: string): string | null {
    if (name === 'SET') this.kept.add(key);
    if (name === 'DEL') this.kept.delete(key);
    return this.kept.has(key) ? 'value' : null;
  }
}
