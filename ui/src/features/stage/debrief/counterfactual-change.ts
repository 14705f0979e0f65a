import { errorCount, type Rank, type Result } from '@project-devops/simulation/protocol';
import type { Counterfactual } from '../../../session/session.ts';

/** How a run changes when one of its actions is left out; signs as "without it" minus "as played". */
export type CounterfactualChange =
  /** The stage does not come to its end without the action. */
  | { readonly kind: 'unfinished'; readonly dropped: number }
  | {
      readonly kind: 'finished';
      readonly dropped: number;
      readonly ending: Result['ending'];
      readonly rank: Rank;
      readonly points: number;
      readonly errors: number;
    };

/** Compares what a run came to with what it would have come to. */
export function counterfactualChange(played: Result, other: Counterfactual): CounterfactualChange {
  const { result, dropped } = other;
  if (result === null) return { kind: 'unfinished', dropped };
  return {
    kind: 'finished',
    dropped,
    ending: result.ending,
    rank: result.rank,
    points: result.points - played.points,
    errors: errorCount(result.totals.errors) - errorCount(played.totals.errors),
  };
}
