import { Client } from 'pg';

/** Where a database is, and how it is asked. */
export interface SqlAddress {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly lockTimeoutMs: number;
}

const STATEMENTS = {
  read: 'select read_item($1, $2)',
  write: 'select write_row($1, $2)',
} as const;
export type Statement = keyof typeof STATEMENTS;

/** One connection; a query at a time. */
export interface SqlConnection {
  /** Work of about `rowCount` rows on an item or a row. Rejects with the error of `pg`. */
  query(statement: Statement, key: number, rowCount: number): Promise<void>;
  /** Closes it, breaking off a query that runs. */
  close(): void;
}

/** Opens a connection; `lost` is called once when it breaks without our doing. */
export type OpenSqlConnection = (address: SqlAddress, lost: () => void) => Promise<SqlConnection>;

const CONNECT_PATIENCE_MS = 2_000;
/** A query without an answer for so long never comes back: the network lost it. */
const QUERY_PATIENCE_MS = 30_000;

export const openSqlConnection: OpenSqlConnection = async (address, lost) => {
  const client = new Client({
    host: address.host,
    port: address.port,
    user: 'app',
    database: 'app',
    password: address.password,
    application_name: 'service',
    lock_timeout: address.lockTimeoutMs,
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    query_timeout: QUERY_PATIENCE_MS,
    keepAlive: true,
  });
  // An idle connection that breaks tells it by 'error' and 'end'; without a listener the first would throw.
  client.on('error', () => {});
  client.once('end', lost);
  await client.connect();
  return {
    query: async (name, key, rowCount) => {
      await client.query({ name, text: STATEMENTS[name], values: [key, rowCount] });
    },
    close: () => {
      client.off('end', lost);
      client.end().catch(() => {});
    },
  };
};
