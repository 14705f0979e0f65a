import type { Answer } from '../stores/answer.ts';
import type { Linked, Links } from '../stores/links.ts';
import type { Statement } from '../stores/sql-connection.ts';
import type { SqlDatabase } from '../stores/sql-database.ts';
import { type Failure, failedBehind, failedHere } from './failure.ts';
import type { HeldRequest } from './held-request.ts';
import type { Workshop } from './workshop.ts';

/** A query on a pooled connection; null when it was answered. */
export async function query(
  request: HeldRequest,
  shop: Workshop,
  statement: Statement,
  key: number,
): Promise<Failure | null> {
  const { node, demands, rowsPerMs } = shop.configuration;
  const taken = await shop.databasePool.take(request);
  if (taken === 'left') return failedHere('time-out', node);
  if (taken === 'timed-out') return failedHere('pool-exhausted', node);
  try {
    const target = statement === 'read' ? readTarget(shop) : shop.links.writes;
    if (target === null) return failedHere('no-route', node);
    const rows = Math.round(shop.draws.amount(demands[`sql-${statement}`]) * rowsPerMs);
    const sent = () => target.store.query(statement, key, Math.max(1, rows));
    const answer = await call(request, shop, target.node, sent);
    return answer.ok ? null : failedBehind(answer.cause, target.node);
  } finally {
    shop.databasePool.give();
  }
}

/**
 * A call that the request can do without: null when the cache is not there or did not answer.
 * A failure only when nobody waits for the request any more.
 */
export async function tryCache<T>(
  request: HeldRequest,
  shop: Workshop,
  item: number,
  ask: (cache: Links['caches'][number]['store']) => Promise<Answer<T>>,
): Promise<{ readonly value: T | null } | { readonly failure: Failure }> {
  const { caches } = shop.links;
  const target = caches[item % caches.length];
  if (target === undefined || !target.store.ready) return { value: null };
  const answer = await call(request, shop, target.node, () => ask(target.store));
  if (request.abandoned) return { failure: failedBehind('time-out', target.node) };
  return { value: answer.ok ? answer.value : null };
}

/** Sends a call and counts it. One whose request was abandoned meanwhile has timed out, whatever the answer. */
async function call<T>(
  request: HeldRequest,
  { metrics }: Workshop,
  target: string,
  send: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const meter = metrics.callsTo(target);
  meter.sent();
  const told = await send();
  const answer: Answer<T> = request.abandoned ? { ok: false, cause: 'time-out' } : told;
  if (answer.ok) meter.answered(answer.tookMs);
  else meter.failed(answer.cause);
  return answer;
}

/** The ready databases for reads by turns; the one for writes when there is none; then whichever there is. */
function readTarget({ links, turns }: Workshop): Linked<SqlDatabase> | null {
  const { reads, writes } = links;
  for (let tried = 0; tried < reads.length; tried++) {
    const target = reads[turns.reads++ % reads.length];
    if (target?.store.ready) return target;
  }
  return writes?.store.ready ? writes : (reads[0] ?? writes);
}
