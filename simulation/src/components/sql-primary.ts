import type { Component } from '../execution/component.ts';
import { broadcast, burst, give, lock, take } from '../execution/step.ts';
import { connections, processes } from './machine.ts';

const LOCK_TIMEOUT_MS = 2_000;

/** The database that takes writes (Postgres): a process a connection, and a row lock for the time of each write. */
export const sqlPrimary: Component<'sql-primary'> = {
  kind: 'sql-primary',
  routes: { replicas: [['sql-replica']] },
  resources: (_, around) => ({
    cpu: processes(around),
    connections: connections(around),
    rows: { type: 'locks', timeoutMs: LOCK_TIMEOUT_MS },
  }),
  handlers: () => ({
    read: [take('connections'), burst('cpu', 'sql-read')],
    write: [
      take('connections'),
      lock('rows'),
      burst('cpu', 'sql-write'),
      give,
      broadcast('replicas', 'apply'),
    ],
  }),
};
