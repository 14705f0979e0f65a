import type { Cause } from '@project-devops/simulation/protocol';
import pg from 'pg';

export interface DatabaseOptions {
  readonly host: string;
  readonly password: string;
  readonly connections: number;
  readonly lockTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

export interface Database {
  /** Reads `rows` rows beginning at an item. */
  read(item: number, rows: number): Promise<void>;
  /** Changes a hot row, and holds its lock while it reads `rows` rows. */
  write(hotRow: number, rows: number): Promise<void>;
  /** Opens one connection ahead of need; a database that is not there yet is no error. */
  warm(): Promise<void>;
  /** Resolves when no query uses it any more. */
  close(): Promise<void>;
}

/** A Postgres with the sandbox's tables. Failed queries reject with the driver's errors; `causeOf` reads them. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    host: options.host,
    user: 'app',
    database: 'app',
    password: options.password,
    max: options.connections,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: options.connectTimeoutMs,
    options: `-c lock_timeout=${options.lockTimeoutMs}`,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the next query.
  pool.on('error', () => undefined);
  const ask = async (name: string, first: number, rows: number) => {
    await pool.query({ name, text: `select ${name}($1, $2)`, values: [first, rows] });
  };
  return {
    read: (item, rows) => ask('read_item', item, rows),
    write: (hotRow, rows) => ask('write_row', hotRow, rows),
    warm: () => ask('read_item', 0, 1).catch(() => undefined),
    close: () => pool.end(),
  };
}

/** SQLSTATE codes (Postgres manual, appendix A) that have a cause of their own. */
const CAUSE_OF_STATE: Readonly<Record<string, Cause>> = {
  '53300': 'connection-refused',
  '55P03': 'lock-time-out',
  ECONNREFUSED: 'connection-refused',
};

/** Why a query failed, in the model's words. */
export function causeOf(error: unknown): Cause {
  const { code } = error as { code?: string };
  return CAUSE_OF_STATE[code ?? ''] ?? 'node-down';
}
