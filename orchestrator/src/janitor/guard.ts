import { readFile, rm, writeFile } from 'node:fs/promises';
import { type Clock, sleep } from '../clock.ts';
import { type ContainerRuntime, RuntimeError } from '../runtimes/container-runtime.ts';
import { janitorFiles } from './janitor-files.ts';
import { lastBeat } from './last-beat.ts';
import { removeSession } from './remove-session.ts';
import { listenAgain, ownerIsGone, type Silence } from './silence.ts';

const LOOK_MS = 1_000;
const ROUND_MS = 10_000;
/** A container engine that stays away so long leaves the session to the next sweep. */
const GIVE_UP_MS = 5 * 60_000;

export interface GuardOptions {
  readonly session: string;
  /** Path of the session's heartbeat. */
  readonly heartbeat: string;
  readonly clock: Clock;
  readonly pid: number;
  /** Opened only when there is something to remove. */
  readonly openRuntime: () => Promise<ContainerRuntime>;
  readonly log: (line: string) => void;
}

/** How a guard ended. */
export type GuardEnd = 'removed' | 'superseded' | 'given-up';

/**
 * Watches a heartbeat until its owner is gone, then removes the session. A newer janitor of the same session
 * supersedes this one; an owner who comes back before the removal keeps it.
 */
export async function guard(options: GuardOptions): Promise<GuardEnd> {
  const { heartbeat, pid, log } = options;
  await writeFile(janitorFiles(heartbeat).pid, `${pid}\n`, { mode: 0o600 });
  log(`Janitor ${pid} guards session ${options.session}.`);
  let giveUpAt: number | null = null;
  for await (const silence of looks(options)) {
    if (!ownerIsGone(silence)) {
      giveUpAt = null;
      continue;
    }
    giveUpAt ??= options.clock.now() + GIVE_UP_MS;
    if (await removed(options)) return 'removed';
    if (options.clock.now() >= giveUpAt) return 'given-up';
  }
  log('Another janitor guards the session now.');
  return 'superseded';
}

/** One look after the other, until another janitor takes over. What is done between two looks counts as no time. */
async function* looks({ heartbeat, pid, clock }: GuardOptions): AsyncGenerator<Silence> {
  let silence: Silence = { beatMs: null, silentMs: 0 };
  while (await isOurs(heartbeat, pid)) {
    const from = clock.now();
    await sleep(clock, LOOK_MS);
    silence = listenAgain(silence, await lastBeat(heartbeat), clock.now() - from);
    yield silence;
  }
}

async function removed(options: GuardOptions): Promise<boolean> {
  const { session, heartbeat, clock, log } = options;
  log(`The owner of session ${session} is gone; removing what is left of it.`);
  try {
    await using runtime = await options.openRuntime();
    const removal = await removeSession(runtime, session, { clock, deadlineMs: ROUND_MS });
    log(`Removed ${removal.containers} containers and ${removal.networks} networks.`);
    await rm(heartbeat, { force: true });
    await rm(janitorFiles(heartbeat).pid, { force: true });
    return true;
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    log(`Not yet: ${error.message}`);
    return false;
  }
}

/** A file that cannot be read (the folder was removed) does not stop the guard. */
async function isOurs(heartbeat: string, pid: number): Promise<boolean> {
  const text = await readFile(janitorFiles(heartbeat).pid, 'utf8').catch(() => String(pid));
  return Number(text) === pid;
}
