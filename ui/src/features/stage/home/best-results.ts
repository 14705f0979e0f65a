import type { Rank, Result, Scenario } from '@project-devops/simulation/protocol';

const STORAGE_KEY = 'project-devops/best-results';
const RANKS: readonly Rank[] = ['S', 'A', 'B', 'C', 'D', 'F'];

/** The best a player reached in one stage in this browser. */
export interface BestResult {
  readonly rank: Rank;
  /** 0 to 100. */
  readonly points: number;
}

type BestResults = Readonly<Record<string, BestResult>>;

/** The part of `Storage` that is used; reading and writing may throw where storage is forbidden. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

function isBestResult(value: unknown): value is BestResult {
  if (typeof value !== 'object' || value === null) return false;
  const { rank, points } = value as Partial<Record<keyof BestResult, unknown>>;
  return RANKS.some((known) => known === rank) && typeof points === 'number' && points >= 0;
}

/** The best results kept so far; entries that are not understood are left out. */
export function readBestResults(storage: TextStorage): BestResults {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, BestResult] =>
        isBestResult(entry[1]),
      ),
    );
  } catch {
    return {};
  }
}

/**
 * Keeps a result if it is the stage's first or beats the one kept, and says whether it did. Only a
 * stage that was won counts. Where the browser forbids storage, nothing is kept.
 */
export function keepBestResult(
  storage: TextStorage,
  scenarioId: Scenario['id'],
  result: Pick<Result, 'ending' | 'rank' | 'points'>,
): boolean {
  if (result.ending !== 'won') return false;
  const results = readBestResults(storage);
  const best = results[scenarioId];
  if (best && best.points >= result.points) return false;
  const { rank, points } = result;
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify({ ...results, [scenarioId]: { rank, points } }));
    return true;
  } catch {
    return false;
  }
}
