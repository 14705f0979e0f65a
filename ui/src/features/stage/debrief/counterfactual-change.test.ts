import type { Result } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { counterfactualChange } from './counterfactual-change.ts';

function result(change: Partial<Result>, errors: Result['totals']['errors'] = {}): Result {
  return {
    ending: 'won',
    rank: 'A',
    points: 88,
    parts: [],
    totals: { errors },
    ...change,
  } as Result;
}

describe('a run without one action', () => {
  it('says how points and errors change', () => {
    const played = result({}, { 'time-out': 10 });
    const other = result({ ending: 'service-down', rank: 'F', points: 20 }, { 'queue-full': 410 });
    expect(counterfactualChange(played, { commandIndex: 3, dropped: 2, result: other })).toEqual({
      kind: 'finished',
      dropped: 2,
      ending: 'service-down',
      rank: 'F',
      points: -68,
      errors: 400,
    });
  });

  it('says so when the stage would not have come to its end', () => {
    const change = counterfactualChange(result({}), { commandIndex: 0, dropped: 1, result: null });
    expect(change).toEqual({ kind: 'unfinished', dropped: 1 });
  });
});
