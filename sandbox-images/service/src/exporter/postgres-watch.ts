import pg from 'pg';
import type { StoreReading, StoreWatch } from './store-watches.ts';

const CONNECT_MS = 600;

/** CPU time of the container, wherever its kernel tells it; the role may read the server's files. */
const CPU_V1 = "pg_read_file('/sys/fs/cgroup/cpuacct/cpuacct.usage', true)";
const CPU_V2 = "pg_read_file('/sys/fs/cgroup/cpu.stat', true)";

const ACTIVE = `count(*) filter (where state = 'active')`;
const LOCKED = `count(*) filter (where wait_event_type = 'Lock')`;
/** A replica that has replayed all it received is not behind, however long ago the last write was. */
const LAG = `case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
  else extract(epoch from now() - pg_last_xact_replay_timestamp()) end`;

interface Row {
  readonly cpu_v1: string | null;
  readonly cpu_v2: string | null;
  readonly active: string;
  readonly locked: string;
  readonly lag: string | null;
}

function question(kind: 'sql-primary' | 'sql-replica'): string {
  const lag = kind === 'sql-replica' ? LAG : 'null';
  return `select ${CPU_V1} as cpu_v1, ${CPU_V2} as cpu_v2, ${ACTIVE} as active, ${LOCKED} as locked,
    ${lag} as lag from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()`;
}

/** Looks at a Postgres over one connection, opened anew when it breaks. */
export function watchPostgres(
  host: string,
  kind: 'sql-primary' | 'sql-replica',
  password: string,
): StoreWatch {
  const pool = new pg.Pool({
    host,
    user: 'app',
    database: 'app',
    password,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'exporter',
  });
  pool.on('error', () => undefined);
  const text = question(kind);
  return {
    async read() {
      const { rows } = await pool.query<Row>({ name: 'look', text });
      const [row] = rows;
      if (row === undefined) throw new Error('no row');
      return readingOf(row, kind);
    },
    close: () => void pool.end(),
  };
}

/** The reading that a row of the question tells. */
export function readingOf(row: Row, kind: 'sql-primary' | 'sql-replica'): StoreReading {
  return {
    cpuSeconds: cpuSecondsOf(row),
    connections: Number(row.active),
    lockWaits: kind === 'sql-primary' ? Number(row.locked) : null,
    hits: null,
    misses: null,
    lagSeconds: row.lag === null ? null : Math.max(0, Number(row.lag)),
  };
}

function cpuSecondsOf({ cpu_v1, cpu_v2 }: Row): number | null {
  const usec = /^usage_usec (\d+)$/m.exec(cpu_v2 ?? '')?.[1];
  if (usec !== undefined) return Number(usec) / 1e6;
  return cpu_v1 === null ? null : Number(cpu_v1) / 1e9;
}
