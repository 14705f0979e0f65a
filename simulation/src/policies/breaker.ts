import type { BreakerOptions, BreakerPhase } from '../protocol/index.ts';

/** A circuit breaker; changed by the functions below alone. */
export interface BreakerState {
  phase: BreakerPhase;
  /** When the phase, or in `closed` the present window, began. */
  sinceMs: number;
  /** Calls judged in the window; in `half-open` probes let through. */
  calls: number;
  failures: number;
  /** Probes answered, in `half-open`. */
  answers: number;
  /** Changes with the phase, so that answers to calls of an earlier phase are told apart. */
  epoch: number;
}

/** A breaker that lets calls pass and has seen none. */
export function closedBreaker(nowMs: number): BreakerState {
  return { phase: 'closed', sinceMs: nowMs, calls: 0, failures: 0, answers: 0, epoch: 0 };
}

type Transitions = Readonly<
  Record<
    BreakerPhase,
    {
      /** Whether a call may pass now. */
      readonly ask: (state: BreakerState, options: BreakerOptions, nowMs: number) => boolean;
      readonly answered: (state: BreakerState, options: BreakerOptions, nowMs: number) => void;
      readonly failed: (state: BreakerState, options: BreakerOptions, nowMs: number) => void;
    }
  >
>;

/** What a breaker does in each phase. */
const TRANSITIONS: Transitions = {
  closed: {
    ask: () => true,
    answered: (state, options, nowMs) => judge(state, options, 0, nowMs),
    failed: (state, options, nowMs) => judge(state, options, 1, nowMs),
  },
  open: {
    ask: (state, options, nowMs) => {
      if (nowMs < state.sinceMs + options.openSeconds * 1000) return false;
      enter(state, 'half-open', nowMs);
      return TRANSITIONS['half-open'].ask(state, options, nowMs);
    },
    answered: () => {},
    failed: () => {},
  },
  'half-open': {
    ask: (state, { probes }) => {
      if (state.calls >= probes) return false;
      state.calls++;
      return true;
    },
    answered: (state, { probes }, nowMs) => {
      state.answers++;
      if (state.answers >= probes) enter(state, 'closed', nowMs);
    },
    failed: (state, _, nowMs) => enter(state, 'open', nowMs),
  },
};

/** Asks for leave to call; a call that gets it is to be settled once, with the epoch it was let through in. */
export function letsThrough(state: BreakerState, options: BreakerOptions, nowMs: number): boolean {
  return TRANSITIONS[state.phase].ask(state, options, nowMs);
}

/** A call let through in `epoch` has ended; one of an earlier phase says nothing about this one. */
export function settleCall(
  state: BreakerState,
  options: BreakerOptions,
  epoch: number,
  outcome: 'answered' | 'failed',
  nowMs: number,
): void {
  if (epoch === state.epoch) TRANSITIONS[state.phase][outcome](state, options, nowMs);
}

/** Windows follow each other without overlap; an outcome counts in the window in which it comes. */
function judge(state: BreakerState, options: BreakerOptions, failures: 0 | 1, nowMs: number): void {
  if (nowMs >= state.sinceMs + options.windowSeconds * 1000) beginWindow(state, nowMs);
  state.calls++;
  state.failures += failures;
  if (state.calls < options.minimumCalls) return;
  if (state.failures >= options.failureRatio * state.calls) enter(state, 'open', nowMs);
}

function enter(state: BreakerState, phase: BreakerPhase, nowMs: number): void {
  state.phase = phase;
  state.epoch++;
  beginWindow(state, nowMs);
}

function beginWindow(state: BreakerState, nowMs: number): void {
  state.sinceMs = nowMs;
  state.calls = 0;
  state.failures = 0;
  state.answers = 0;
}
