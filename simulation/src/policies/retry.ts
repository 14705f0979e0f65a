import type { Cause, RetryOptions } from '../protocol/index.ts';

/** Longest pause between two attempts, however often it was doubled. */
const MAX_BACKOFF_MS = 20_000;
/** Further attempts that a budget allows beyond its ratio, so that single failures are met at once. */
export const BUDGET_BURST = 10;

/** What no further attempt can change: nowhere to go, a caller that holds its calls back, a request that is itself wrong. */
const FINAL: readonly Cause[] = [
  'no-route',
  'breaker-open',
  'bulkhead-full',
  'unauthorised',
  'blocked',
  'message-too-large',
];

/** Whether a call that failed for a cause is worth another attempt. */
export function isRetried(cause: Cause): boolean {
  return !FINAL.includes(cause);
}

/**
 * Pause before a further attempt, the first being 1; `draw` is even in [0, 1).
 * Source of full jitter: Brooker, Exponential Backoff And Jitter, AWS Architecture Blog (2015).
 */
export function backoffMs(options: RetryOptions, attempt: number, draw: number): number {
  let longest = options.backoffMs;
  for (let n = 1; n < attempt && longest < MAX_BACKOFF_MS; n++) longest *= 2;
  longest = Math.min(longest, Math.max(options.backoffMs, MAX_BACKOFF_MS));
  return options.jitter ? draw * longest : longest;
}

/** A retry budget's tokens after one more request; a further attempt costs one token. */
export function deposited(tokens: number, budgetRatio: number): number {
  return Math.min(BUDGET_BURST, tokens + budgetRatio);
}
