import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { type BreakerState, closedBreaker, letsThrough, settleCall } from '../policies/breaker.ts';
import { BUDGET_BURST, backoffMs, deposited } from '../policies/retry.ts';
import type { DeadlineList } from '../primitives/deadline-list.ts';
import { BREAKER_PHASES, type BreakerPhase, CAUSES, type CallOptions } from '../protocol/index.ts';

const BREAKER_OPEN = CAUSES.indexOf('breaker-open');
const BULKHEAD_FULL = CAUSES.indexOf('bulkhead-full');

/** What a link's options make of the calls over it: its circuit breaker, retry budget and limits. */
export class LinkGuard {
  /** Where its calls' time-outs stand; null when it has none. */
  deadlines: DeadlineList | null = null;
  /** Further attempts in the present window. */
  retries = 0;
  readonly #jitter: RandomStream;
  #options: CallOptions = {};
  #breaker: BreakerState | null = null;
  #tokens = BUDGET_BURST;

  constructor(jitter: RandomStream) {
    this.#jitter = jitter;
  }

  /** Takes new options; what it knows of calls so far stays. */
  configure(options: CallOptions, deadlines: DeadlineList | null, nowMs: number): void {
    this.#options = options;
    this.deadlines = deadlines;
    this.#breaker = options.breaker === undefined ? null : (this.#breaker ?? closedBreaker(nowMs));
  }

  /** The breaker's phase; null without one. */
  get phase(): BreakerPhase | null {
    return this.#breaker?.phase ?? null;
  }

  /** What a call that is let through now is settled with. */
  get epoch(): number {
    return this.#breaker?.epoch ?? 0;
  }

  /** A request's first attempt adds to the budget. */
  requestBegins(): void {
    const ratio = this.#options.retries?.budgetRatio ?? 0;
    if (ratio > 0) this.#tokens = deposited(this.#tokens, ratio);
  }

  /** Why the caller does not send a call beside `inFlight` others; -1 when it does, and then it is settled once. */
  refusal(inFlight: number, nowMs: number): number {
    const { maxConcurrent, breaker } = this.#options;
    if (maxConcurrent !== undefined && inFlight >= maxConcurrent) return BULKHEAD_FULL;
    if (breaker === undefined || this.#breaker === null) return -1;
    return letsThrough(this.#breaker, breaker, nowMs) ? -1 : BREAKER_OPEN;
  }

  settle(epoch: number, outcome: 'answered' | 'failed', nowMs: number): void {
    const { breaker } = this.#options;
    if (breaker === undefined || this.#breaker === null) return;
    settleCall(this.#breaker, breaker, epoch, outcome, nowMs);
  }

  /** How long a request pauses after its `attempts`-th attempt failed; -1 when it may not try again. */
  pauseMs(attempts: number): number {
    const { retries } = this.#options;
    if (retries === undefined || attempts > retries.attempts) return -1;
    if (retries.budgetRatio !== null) {
      if (this.#tokens < 1) return -1;
      this.#tokens--;
    }
    this.retries++;
    return backoffMs(retries, attempts, retries.jitter ? this.#jitter.nextFloat() : 0);
  }

  mixInto(hash: StateHash): void {
    hash.mixFloat(this.#tokens);
    for (const word of this.#jitter.state) hash.mixInt(word | 0);
    const breaker = this.#breaker;
    if (breaker === null) return;
    hash.mixInt(BREAKER_PHASES.indexOf(breaker.phase));
    hash.mixFloat(breaker.sinceMs);
    hash.mixInt(breaker.calls);
    hash.mixInt(breaker.failures);
    hash.mixInt(breaker.answers);
  }
}
