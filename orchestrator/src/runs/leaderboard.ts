import type { Rank, Scenario } from '@project-devops/simulation/protocol';
import { scenarioHash } from './content-hash.ts';
import type { RunStore, RunSummary } from './run-store.ts';

/** One line of a leaderboard. */
export interface LeaderboardEntry {
  /** From 1. */
  readonly place: number;
  readonly runId: string;
  readonly player: string | null;
  readonly savedAtMs: number;
  readonly points: number;
  readonly rank: Rank;
  readonly served: number;
}

/**
 * The best runs of a built-in scenario: verified here, under the present rules, and won under the very
 * scenario given, compared as a whole so that an easier one of the same id does not count.
 */
export async function leaderboard(
  store: RunStore,
  scenario: Scenario,
  ruleset: string,
  limit: number,
): Promise<LeaderboardEntry[]> {
  const runs = await store.best({
    scenarioId: scenario.id,
    scenarioHash: scenarioHash(scenario),
    ruleset,
    limit,
  });
  return runs.flatMap((run, index) => entryOf(run, index + 1));
}

function entryOf(
  { id, player, savedAtMs, verification }: RunSummary,
  place: number,
): LeaderboardEntry[] {
  if (verification.state !== 'verified' || verification.outcome === null) return [];
  const { points, rank, served } = verification.outcome;
  return [{ place, runId: id, player, savedAtMs, points, rank, served }];
}
