import type { Scenario } from '@project-devops/simulation/protocol';
import { scenarioHash } from '../runs/content-hash.ts';
import type { RunPosition, RunSummary } from '../runs/run-store.ts';
import type { RunSummaryResource } from './runs.schema.ts';

export type SummaryWriter = (summary: RunSummary) => RunSummaryResource;

/** Shows stored runs as resources; `builtIn` compares with the given scenarios as a whole. */
export function createSummaryWriter(scenarios: readonly Scenario[]): SummaryWriter {
  const builtInHashes = new Set(scenarios.map(scenarioHash));
  return ({ savedAtMs, scenarioId, scenarioHash: hash, title, ...summary }) => ({
    ...summary,
    savedAt: new Date(savedAtMs).toISOString(),
    scenario: { id: scenarioId, title, builtIn: builtInHashes.has(hash) },
  });
}

/** Where the next page begins, as text. */
export function cursorOf({ savedAtMs, id }: RunPosition): string {
  return `${savedAtMs}-${id}`;
}

/** Reads what `cursorOf` wrote; the route's schema has checked its form. */
export function positionOf(cursor: string): RunPosition {
  const [savedAtMs, id] = cursor.split('-');
  return { savedAtMs: Number(savedAtMs), id: id ?? '' };
}
