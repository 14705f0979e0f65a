import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep } from '../clock.ts';
import { type ContainerRuntime, RuntimeError } from '../runtimes/container-runtime.ts';
import { type Evidence, gatherEvidence, type Surroundings } from './evidence.ts';
import { BEAT_MS, heartbeatPath } from './heartbeat.ts';
import { type Removal, removeSession } from './remove-session.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a sweep found and did. */
export interface SweepReport {
  /** Sessions that somebody plays; `holder` says who. */
  readonly living: readonly Evidence[];
  /** Sessions whose owner has just died. They are left as they are: adopt them, or remove them. */
  readonly adoptable: readonly Evidence[];
  /** Sessions that run with a heartbeat out of sight; left as they are. */
  readonly foreign: readonly Evidence[];
  readonly removed: readonly Removed[];
  /** Sessions to which nobody will come back and that could not be removed. */
  readonly failed: readonly Failed[];
}

interface Removed {
  readonly session: string;
  readonly removal: Removal;
}

interface Failed {
  readonly session: string;
  readonly error: RuntimeError;
}

const SECOND_LOOK_MS = 2 * BEAT_MS + 500;
const ROUND_MS = 10_000;
const LEFT_BEHIND = /^(.+)\.(janitor|log)$/;

/**
 * Removes the sessions to which nobody will come back, with their heartbeats, and reports the others. When one
 * is silent though its owner's process exists, all are looked at again 4.5 s later. Rejects with a
 * `RuntimeError` when the engine cannot be asked.
 */
export async function sweep(
  runtime: ContainerRuntime,
  surroundings: Surroundings,
): Promise<SweepReport> {
  const found = await settledEvidence(runtime, surroundings);
  const judged = (...verdicts: Verdict[]) => found.filter((one) => verdicts.includes(judge(one)));
  const cleared = await Promise.all(
    judged('stale', 'asleep').map((stale) => clear(runtime, surroundings, stale)),
  );
  await forgetEnded(surroundings.folder, found);
  return {
    living: judged('lives'),
    adoptable: judged('adoptable'),
    foreign: judged('foreign'),
    removed: cleared.filter((outcome) => 'removal' in outcome),
    failed: cleared.filter((outcome) => 'error' in outcome),
  };
}

async function settledEvidence(runtime: ContainerRuntime, surroundings: Surroundings) {
  const first = await gatherEvidence(runtime, surroundings);
  if (!first.some((one) => judge(one) === 'asleep')) return first;
  await sleep(surroundings.clock, SECOND_LOOK_MS);
  return await gatherEvidence(runtime, surroundings);
}

async function clear(
  runtime: ContainerRuntime,
  { clock, folder }: Surroundings,
  { session, heartbeat, holder }: Evidence,
): Promise<Removed | Failed> {
  try {
    const removal = await removeSession(runtime, session, { clock, deadlineMs: ROUND_MS });
    // A label may name any file; only a heartbeat of just this session is one to delete.
    if (heartbeat === heartbeatPath(folder, session) || holder?.session === session) {
      await rm(heartbeat, { force: true });
    }
    return { session, removal };
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    return { session, error };
  }
}

/** Deletes what janitors of ended sessions have left in our folder. */
async function forgetEnded(folder: string, found: readonly Evidence[]): Promise<void> {
  const kept = new Set(found.filter((one) => judge(one) !== 'stale').map(({ session }) => session));
  for (const file of await readdir(folder).catch(() => [])) {
    const session = LEFT_BEHIND.exec(file)?.[1];
    if (session !== undefined && !kept.has(session)) await rm(join(folder, file), { force: true });
  }
}
