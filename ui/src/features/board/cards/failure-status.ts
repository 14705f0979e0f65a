import type { Cause } from '@project-devops/simulation/protocol';

/** The HTTP status that a client is answered with when a request fails for a cause. */
export const FAILURE_STATUS = {
  'queue-full': 502,
  'time-out': 504,
  'connection-refused': 502,
  'pool-exhausted': 503,
  'lock-time-out': 504,
  'no-route': 502,
  'node-down': 502,
  'dependency-failed': 502,
  'breaker-open': 503,
  'bulkhead-full': 503,
  'load-shed': 503,
  throttled: 429,
  'message-too-large': 413,
  'rolled-back': 409,
  unauthorised: 401,
  'rate-limited': 429,
  blocked: 403,
  'out-of-memory': 502,
  defect: 500,
  'disk-full': 507,
} as const satisfies Record<Cause, number>;

type Counts = Readonly<Partial<Record<Cause, number>>>;

function entriesOf(counts: Counts): [Cause, number][] {
  return (Object.entries(counts) as [Cause, number][]).filter(([, count]) => count > 0);
}

/** The cause with the most failures; null when nothing failed. */
export function mainCause(counts: Counts): { cause: Cause; count: number } | null {
  const [most] = entriesOf(counts).sort(([, a], [, b]) => b - a);
  return most ? { cause: most[0], count: most[1] } : null;
}

/** Failures by the status they are answered with, the most frequent first. */
export function countsByStatus(counts: Counts): { status: number; count: number }[] {
  const sums = new Map<number, number>();
  for (const [cause, count] of entriesOf(counts)) {
    const status = FAILURE_STATUS[cause];
    sums.set(status, (sums.get(status) ?? 0) + count);
  }
  return [...sums].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
}
