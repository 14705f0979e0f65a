import type { Run } from '@project-devops/simulation/protocol';
import { ApiError } from '../errors.ts';
import { runId, scenarioHash } from './content-hash.ts';
import type { RunStore, RunSummary, Verification } from './run-store.ts';
import type { RunVerifier } from './run-verifier.ts';

export interface SaveRunPorts {
  readonly store: RunStore;
  readonly verifier: RunVerifier;
  /** The rules that this server plays by. */
  readonly ruleset: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface SavedRun {
  readonly created: boolean;
  readonly summary: RunSummary;
}

/**
 * Verifies a run and stores it. A run that is stored already is returned as it is, under its first name. Runs
 * of other rules are kept unverified. Throws ApiError, with nothing stored, when the run is refused.
 */
export async function saveRun(
  ports: SaveRunPorts,
  run: Run,
  player: string | null,
): Promise<SavedRun> {
  const id = runId(run);
  const known = await ports.store.summary(id);
  if (known !== null) return { created: false, summary: known };
  const summary: RunSummary = {
    id,
    savedAtMs: ports.now(),
    player,
    scenarioId: run.scenario.id,
    scenarioHash: scenarioHash(run.scenario),
    title: run.scenario.title,
    seed: run.seed,
    ruleset: run.ruleset,
    endMs: run.endMs,
    verification: await verify(ports, run),
  };
  return store(ports.store, summary, run);
}

async function verify({ verifier, ruleset }: SaveRunPorts, run: Run): Promise<Verification> {
  if (run.ruleset !== ruleset) return { state: 'unverified', reason: 'other-ruleset' };
  const verdict = await verifier.verify(run);
  if (verdict.state === 'verified') return verdict;
  throw new ApiError(verdict.code, verdict.detail, verdict.problems);
}

async function store(runs: RunStore, summary: RunSummary, run: Run): Promise<SavedRun> {
  const result = await runs.save(summary, run);
  switch (result) {
    case 'created':
      return { created: true, summary };
    case 'exists':
      return { created: false, summary: (await runs.summary(summary.id)) ?? summary };
    case 'full':
      throw new ApiError(
        'store-full',
        'The server keeps no more runs. Delete runs that are no longer needed, then save again.',
      );
  }
}
