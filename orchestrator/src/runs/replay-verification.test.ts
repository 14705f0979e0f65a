import type { Engine, Replay } from '@project-devops/simulation';
import type { Result } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { testOutcome, testRun } from '../testing/fixtures.ts';
import { verifyByReplay } from './replay-verification.ts';

const run = testRun();

interface Ending {
  readonly result?: Partial<Result>;
  readonly stateHash?: string;
  readonly timeMs?: number;
}

/** A replay that ended as stated; by default where the run says, with the stage not over. */
function played({ result, stateHash = run.stateHash, timeMs = run.endMs }: Ending = {}): Replay {
  const engine = { timeMs, stateHash: () => stateHash, result: () => result ?? null };
  return { ok: true, engine: engine as unknown as Engine, dropped: 0 };
}

function resultOf({ ending, rank, points, ...totals } = testOutcome()): Partial<Result> {
  return { ending, rank, points, totals: totals as Result['totals'] };
}

describe('verifyByReplay', () => {
  it("takes the outcome from the engine's result", () => {
    expect(verifyByReplay(run, () => played({ result: resultOf() }))).toEqual({
      state: 'verified',
      outcome: testOutcome(),
    });
  });

  it('verifies a run whose stage is not over, without an outcome', () => {
    expect(verifyByReplay(run, () => played())).toEqual({ state: 'verified', outcome: null });
  });

  it('refuses a run that ends in another state, and names both states', () => {
    expect(verifyByReplay(run, () => played({ stateHash: 'f'.repeat(16) }))).toEqual({
      state: 'refused',
      code: 'run-state-mismatch',
      detail: `At 10000 ms the run played again is in state ${'f'.repeat(16)}, not ${run.stateHash}.`,
      problems: [{ path: '/run/stateHash', expected: 'f'.repeat(16) }],
    });
  });

  it('refuses a run that goes on past the end of its stage', () => {
    expect(verifyByReplay(run, () => played({ timeMs: 9_000 }))).toMatchObject({
      code: 'run-not-replayable',
      problems: [{ path: '/run/endMs', expected: '9000, where the stage ends' }],
    });
  });

  it('refuses commands past the end of the run', () => {
    const command = { type: 'start-operation' } as const;
    const commands = [
      { atMs: 0, command },
      { atMs: 10_001, command },
    ];
    expect(verifyByReplay({ ...run, commands }, () => played())).toMatchObject({
      code: 'run-not-replayable',
      problems: [{ path: '/run/commands/1/atMs', expected: "at most the run's endMs, 10000" }],
    });
  });

  it("passes on the replay's problem, at its place in the request", () => {
    const problem = { path: '/scenario/topology', expected: 'links between known nodes' };
    expect(verifyByReplay(run, () => ({ ok: false, problem }))).toMatchObject({
      state: 'refused',
      code: 'run-not-replayable',
      problems: [{ path: '/run/scenario/topology', expected: 'links between known nodes' }],
    });
  });
});
