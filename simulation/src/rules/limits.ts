import type { Limit, Measurement } from '../protocol/index.ts';

/** Utilisation from which the CPU counts as the limit. */
const CPU_LIMIT = 0.9;
/** Calls that wait for row locks on average from which the locks count as the limit. */
const LOCK_LIMIT = 2;

/** What holds a node back in a window, null when nothing does; read from the row alone, whoever measured it. */
export function limitOf(row: Measurement): Limit | null {
  if ((row.utilisation ?? 0) >= CPU_LIMIT) return 'cpu';
  if ((row.lockWaits ?? 0) >= LOCK_LIMIT) return 'row-locks';
  if ((row.errors['connection-refused'] ?? 0) > 0) return 'connections';
  if ((row.errors['pool-exhausted'] ?? 0) > 0) return 'connections';
  if ((row.errors.throttled ?? 0) > 0) return 'connections';
  if ((row.errors['queue-full'] ?? 0) > 0) return 'backlog';
  return null;
}
