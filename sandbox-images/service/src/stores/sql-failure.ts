import type { Cause } from '@project-devops/simulation/protocol';

/** How a failed query or connection counts, and whether its connection is still of use. */
export interface SqlFailure {
  readonly cause: Cause;
  readonly connectionLost: boolean;
}

const LOCK_NOT_AVAILABLE = '55P03';
const TOO_MANY_CONNECTIONS = '53300';
/** Postgres ends or turns away a connection with this severity, and only the statement with a lesser one. */
const LAST_SEVERITIES: readonly unknown[] = ['FATAL', 'PANIC'];

/**
 * The meaning of an error of `pg`. As in the model, `connection-refused` is a database at its limit; one
 * where nobody listens (ECONNREFUSED) is a node that is down.
 */
export function sqlFailure(error: unknown): SqlFailure {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (code === TOO_MANY_CONNECTIONS) return { cause: 'connection-refused', connectionLost: true };
  if (code === LOCK_NOT_AVAILABLE) return { cause: 'lock-time-out', connectionLost: false };
  const told = severity !== undefined && !LAST_SEVERITIES.includes(severity);
  return { cause: 'node-down', connectionLost: !told };
}
