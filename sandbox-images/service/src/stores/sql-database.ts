import type { Clock } from '../work/clock.ts';
import { type Answer, refused } from './answer.ts';
import type { OpenSqlConnection, SqlAddress, SqlConnection, Statement } from './sql-connection.ts';
import { sqlFailure } from './sql-failure.ts';

/** Connections kept open ahead of need. Every one takes a place of the database's limit, used or not. */
const KEPT_OPEN = 1;
const IDLE_LIMIT_MS = 5_000;
/** How long nobody tries a database that could not be reached; it is then tried again without being asked. */
const PAUSE_AFTER_FAILURE_MS = 500;

interface IdleConnection {
  readonly connection: SqlConnection;
  readonly sinceMs: number;
}

export interface SqlDatabaseOptions {
  readonly address: SqlAddress;
  readonly open: OpenSqlConnection;
  readonly clock: Clock;
}

/**
 * One database and the connections to it. It sets no limit: how many queries run at once is its caller's
 * concern. Connections are opened when none is idle, and closed when they have not been used for five seconds.
 */
export class SqlDatabase {
  readonly #options: SqlDatabaseOptions;
  /** The last used at the end. */
  readonly #idle: IdleConnection[] = [];
  #open = 0;
  #passedOverUntilMs = Number.NEGATIVE_INFINITY;
  #drained = false;
  #upkeep: NodeJS.Timeout | null = null;

  constructor(options: SqlDatabaseOptions) {
    this.#options = options;
  }

  /** False for a moment after it could not be reached. */
  get ready(): boolean {
    return this.#options.clock() >= this.#passedOverUntilMs;
  }

  /** Opens a connection ahead of need, warmed up by the statements that it will be asked, and keeps one open. */
  async warmUp(statements: readonly Statement[]): Promise<void> {
    this.#upkeep = setInterval(() => this.#keepUp(statements), PAUSE_AFTER_FAILURE_MS).unref();
    await this.#openAhead(statements);
  }

  /**
   * Never rejects; fails at once while the database is not ready. The wait for a connection to be opened
   * is not part of `tookMs`.
   */
  async query(statement: Statement, key: number, rowCount: number): Promise<Answer<null>> {
    const { clock } = this.#options;
    let connection = this.#idle.pop()?.connection ?? null;
    if (connection === null && !this.ready) return refused('node-down');
    try {
      connection ??= await this.#connect();
      const sentMs = clock();
      await connection.query(statement, key, rowCount);
      this.#putBack(connection);
      return { ok: true, value: null, tookMs: clock() - sentMs };
    } catch (error) {
      const { cause, connectionLost } = sqlFailure(error);
      if (connection === null) this.#passOver(cause === 'node-down');
      else if (connectionLost) this.#drop(connection);
      else this.#putBack(connection);
      return refused(cause);
    }
  }

  /** Closes what is idle now, and what is in use when its query is done. */
  drain(): void {
    this.#drained = true;
    if (this.#upkeep !== null) clearInterval(this.#upkeep);
    for (const { connection } of this.#idle.splice(0)) this.#drop(connection);
  }

  async #connect(): Promise<SqlConnection> {
    const { address, open } = this.#options;
    this.#open++;
    let connection: SqlConnection | null = null;
    const lost = (): void => this.#forget(connection);
    try {
      connection = await open(address, lost);
      return connection;
    } catch (error) {
      this.#open--;
      throw error;
    }
  }

  #putBack(connection: SqlConnection): void {
    if (this.#drained) this.#drop(connection);
    else this.#idle.push({ connection, sinceMs: this.#options.clock() });
  }

  #drop(connection: SqlConnection): void {
    this.#open--;
    connection.close();
  }

  /** A connection broke; one in use is dropped by its query, which fails. */
  #forget(connection: SqlConnection | null): void {
    const place = this.#idle.findIndex((idle) => idle.connection === connection);
    if (place < 0) return;
    this.#idle.splice(place, 1);
    this.#open--;
  }

  #passOver(down: boolean): void {
    if (down) this.#passedOverUntilMs = this.#options.clock() + PAUSE_AFTER_FAILURE_MS;
  }

  #keepUp(statements: readonly Statement[]): void {
    const oldestMs = this.#options.clock() - IDLE_LIMIT_MS;
    while (this.#open > KEPT_OPEN && (this.#idle[0]?.sinceMs ?? Infinity) < oldestMs) {
      const unused = this.#idle.shift();
      if (unused !== undefined) this.#drop(unused.connection);
    }
    if (this.#open < KEPT_OPEN) void this.#openAhead(statements);
  }

  async #openAhead(statements: readonly Statement[]): Promise<void> {
    let connection: SqlConnection | null = null;
    try {
      connection = await this.#connect();
      for (const statement of statements) await connection.query(statement, -1, 1);
      this.#putBack(connection);
      this.#passedOverUntilMs = Number.NEGATIVE_INFINITY;
    } catch (error) {
      if (connection !== null) this.#drop(connection);
      else this.#passOver(sqlFailure(error).cause === 'node-down');
    }
  }
}
