import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakerOptions } from '../protocol/index.ts';
import { type BreakerState, closedBreaker, letsThrough, settleCall } from './breaker.ts';

const options: BreakerOptions = {
  failureRatio: 0.5,
  windowSeconds: 10,
  minimumCalls: 4,
  openSeconds: 5,
  probes: 2,
};

/** Calls one after another, each over before the next; whether each passed. */
function calls(state: BreakerState, outcomes: string, atMs: number): boolean[] {
  return [...outcomes].map((outcome) => {
    const passed = letsThrough(state, options, atMs);
    const ended = outcome === '+' ? 'answered' : 'failed';
    if (passed) settleCall(state, options, state.epoch, ended, atMs);
    return passed;
  });
}

describe('a closed breaker', () => {
  it('opens when enough of a window’s calls have failed', () => {
    const state = closedBreaker(0);
    expect(calls(state, '++-', 1_000)).toEqual([true, true, true]);
    expect(state.phase).toBe('closed');
    calls(state, '-', 2_000);
    expect(state.phase).toBe('open');
  });

  it('judges no failures before it has seen the minimum of calls', () => {
    const state = closedBreaker(0);
    calls(state, '---', 1_000);
    expect(state.phase).toBe('closed');
  });

  it('forgets a window once it is over', () => {
    const state = closedBreaker(0);
    calls(state, '---', 9_999);
    calls(state, '-++', 10_000);
    expect([state.phase, state.calls, state.failures]).toEqual(['closed', 3, 1]);
  });
});

describe('an open breaker', () => {
  const opened = () => {
    const state = closedBreaker(0);
    calls(state, '----', 1_000);
    return state;
  };

  it('lets nothing through until its time is over, then as many probes as it should', () => {
    const state = opened();
    expect(letsThrough(state, options, 5_999)).toBe(false);
    const probes = [1, 2, 3].map(() => letsThrough(state, options, 6_000));
    expect([probes, state.phase]).toEqual([[true, true, false], 'half-open']);
  });

  it('closes when every probe is answered', () => {
    const state = opened();
    expect(calls(state, '++', 6_000)).toEqual([true, true]);
    expect([state.phase, state.calls]).toEqual(['closed', 0]);
  });

  it('opens anew, for its whole time, when a probe fails', () => {
    const state = opened();
    expect(calls(state, '+-+', 6_000)).toEqual([true, true, false]);
    expect([state.phase, letsThrough(state, options, 10_999)]).toEqual(['open', false]);
    expect(letsThrough(state, options, 11_000)).toBe(true);
  });

  it('takes no answer to a call of an earlier phase for one of a probe', () => {
    const state = closedBreaker(0);
    const early = state.epoch;
    calls(state, '----', 1_000);
    letsThrough(state, options, 6_000);
    settleCall(state, options, early, 'answered', 6_001);
    settleCall(state, options, early, 'failed', 6_001);
    expect([state.phase, state.answers]).toEqual(['half-open', 0]);
  });
});

it('in any order of calls and ends: lets at most the probes through in each trial, and none while open', () => {
  const deed = fc.record({
    pauseMs: fc.constantFrom(0, 10, 3_000, 6_000),
    ask: fc.boolean(),
    ok: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 200, size: 'max' }), (deeds) => {
      const state = closedBreaker(0);
      const under: number[] = [];
      let nowMs = 0;
      let trial = -1;
      let probes = 0;
      for (const { pauseMs, ask, ok } of deeds) {
        nowMs += pauseMs;
        if (ask) {
          const before = state.phase;
          const openUntilMs = state.sinceMs + options.openSeconds * 1000;
          const passed = letsThrough(state, options, nowMs);
          if (before === 'open') expect(passed).toBe(nowMs >= openUntilMs);
          if (passed) under.push(state.epoch);
          if (passed && state.phase === 'half-open') {
            probes = trial === state.epoch ? probes + 1 : 1;
            trial = state.epoch;
            expect(probes).toBeLessThanOrEqual(options.probes);
          }
        } else {
          const epoch = under.shift();
          if (epoch !== undefined) {
            settleCall(state, options, epoch, ok ? 'answered' : 'failed', nowMs);
          }
        }
      }
    }),
  );
});
