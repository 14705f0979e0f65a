/** Wait before a message is delivered for the second time; each later wait is twice as long, up to the longest. */
const FIRST_BACKOFF_MS = 200;
export const LONGEST_BACKOFF_MS = 10_000;

/** What happens to a message whose `deliveries`-th delivery (from 1) has failed. */
export type AfterFailure =
  | { readonly outcome: 'redeliver'; readonly afterMs: number }
  | { readonly outcome: 'dead-letter' };

const DEAD_LETTER: AfterFailure = { outcome: 'dead-letter' };

/** Exponential backoff, and the dead letters after `maxDeliveries` (at least 1). */
export function afterFailure(deliveries: number, maxDeliveries: number): AfterFailure {
  if (deliveries >= maxDeliveries) return DEAD_LETTER;
  let afterMs = FIRST_BACKOFF_MS;
  for (let i = 1; i < deliveries && afterMs < LONGEST_BACKOFF_MS; i++) afterMs *= 2;
  return { outcome: 'redeliver', afterMs: Math.min(afterMs, LONGEST_BACKOFF_MS) };
}
