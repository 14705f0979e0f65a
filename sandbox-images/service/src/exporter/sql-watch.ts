import { Client } from 'pg';
import { CPU_FILES, cpuSecondsOf } from '../metrics/cpu-account.ts';
import type { StoreReading, StoreWatch } from './store-watch.ts';

export interface SqlWatchOptions {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

const PATIENCE_MS = 3_000;
const [V1, V2] = CPU_FILES;

/** The functions beneath pg_stat_activity: the view would join names that nobody asks for. */
const QUESTION = `
  select
    count(*) filter (where state = 'active') as connections,
    count(*) filter (where wait_event_type = 'Lock') as lock_waits,
    coalesce(pg_read_file('${V1}', true), pg_read_file('${V2}', true)) as cpu,
    pg_is_in_recovery() as replica,
    case
      when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
      else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())
    end::float8 as lag
  from pg_stat_get_activity(null)
  where backend_type = 'client backend' and application_name <> 'exporter'`;

interface Row {
  readonly connections: string;
  readonly lock_waits: string;
  readonly cpu: string | null;
  readonly replica: boolean;
  readonly lag: number | null;
}

/** Watches a Postgres over one connection, opened when it is needed and again after it broke. */
export function createSqlWatch(options: SqlWatchOptions): StoreWatch {
  let client: Promise<Client> | null = null;
  const forget = (): void => {
    client = null;
  };
  return {
    async read() {
      client ??= connect(options, forget);
      const used = client;
      try {
        const { rows } = await (await used).query<Row>({ name: 'watch', text: QUESTION });
        return reading(rows[0] as Row);
      } catch (error) {
        if (client === used) forget();
        close(used);
        throw error;
      }
    },
    close() {
      if (client !== null) close(client);
      forget();
    },
  };
}

async function connect(
  { host, port, password }: SqlWatchOptions,
  lost: () => void,
): Promise<Client> {
  const client = new Client({
    host,
    port,
    password,
    user: 'app',
    database: 'app',
    application_name: 'exporter',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  // Told by the next question too; without a listener it would end the process.
  client.on('error', lost);
  await client.connect();
  return client;
}

function close(client: Promise<Client>): void {
  client.then((open) => open.end()).catch(() => {});
}

function reading(row: Row): StoreReading {
  return {
    cpuSeconds: row.cpu === null ? null : cpuSecondsOf(row.cpu),
    connections: Number(row.connections),
    lockWaits: Number(row.lock_waits),
    hits: null,
    misses: null,
    lagSeconds: row.replica ? row.lag : null,
  };
}
