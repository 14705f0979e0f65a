import { createHash } from 'node:crypto';
import type { Run, Scenario } from '@project-devops/simulation/protocol';

const ID_LENGTH = 32;
/** A run's id: the first 128 bits of its content's SHA-256, in hex. */
export const RUN_ID_PATTERN = `^[0-9a-f]{${ID_LENGTH}}$`;

/** Names a run by what it contains: the same run has the same id whoever saves it, in whatever key order. */
export function runId(run: Run): string {
  return contentHash(run);
}

/** Tells whether two scenarios are the same in every part, not only by id. */
export function scenarioHash(scenario: Scenario): string {
  return contentHash(scenario);
}

/** Of the canonical JSON: keys in order, without the editor's hints (`$schema`), which are no content. */
function contentHash(content: Run | Scenario): string {
  const canonical = JSON.stringify(content, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? inKeyOrder(part) : part,
  );
  return createHash('sha256').update(canonical).digest('hex').slice(0, ID_LENGTH);
}

function inKeyOrder(part: object): object {
  const entries = Object.entries(part).filter(([key]) => key !== '$schema');
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
