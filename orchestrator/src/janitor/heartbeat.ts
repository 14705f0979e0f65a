import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { type Clock, sleep } from '../clock.ts';
import { type Holder, readHolder } from './holder.ts';

export const BEAT_MS = 2_000;

export interface HeartbeatOptions {
  readonly folder: string;
  readonly session: string;
  /** Address at which the owner's page is, told to whoever wants the session too. */
  readonly address: string;
  readonly clock: Clock;
}

/**
 * The sign of life of a session's owner: a file that is touched every 2 s until it is disposed of, which removes
 * it, or until another heartbeat of the session takes over.
 */
export interface Heartbeat extends AsyncDisposable {
  /** Goes into the label `LABELS.heartbeat` of all that belongs to the session. */
  readonly path: string;
  /** Falls silent and leaves the file: a janitor then removes the session, if nobody adopts it. */
  stop(): Promise<void>;
}

/** Names that may stand in a file name and in a container's name. */
const SESSION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Whether a text is the name of a session, and so safe in the name of a file. */
export function isSessionName(session: string): boolean {
  return SESSION.test(session);
}

/** Throws for a session whose name cannot be a file's. */
export function heartbeatPath(folder: string, session: string): string {
  if (!isSessionName(session)) throw new Error(`"${session}" cannot name a session.`);
  return join(folder, `${session}.json`);
}

/** Begins, or takes over, the heartbeat of a session. Rejects when its file cannot be written. */
export async function createHeartbeat(options: HeartbeatOptions): Promise<Heartbeat> {
  const { folder, session, address, clock } = options;
  const path = heartbeatPath(folder, session);
  const holder: Holder = {
    session,
    pid: process.pid,
    host: hostname(),
    startedAt: clock.now(),
    address,
    id: randomUUID(),
  };
  await write(path, holder, clock.now());
  const stop = beatUntilStopped(path, holder, clock);
  return {
    path,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      if (await isHeldBy(path, holder)) await rm(path, { force: true });
    },
  };
}

/** Answers with what ends it. */
function beatUntilStopped(path: string, holder: Holder, clock: Clock): () => Promise<void> {
  const stopped = new AbortController();
  const beating = (async () => {
    for (;;) {
      await sleep(clock, BEAT_MS, stopped.signal);
      if (stopped.signal.aborted || !(await beat(path, holder, clock.now()))) return;
    }
  })();
  return () => {
    stopped.abort();
    return beating;
  };
}

/** False when another heartbeat has taken over. A beat that fails is made up for by the next; the janitor waits for several. */
async function beat(path: string, holder: Holder, now: number): Promise<boolean> {
  if (!(await isHeldBy(path, holder))) return false;
  await utimes(path, now / 1_000, now / 1_000).catch(() =>
    write(path, holder, now).catch(() => undefined),
  );
  return true;
}

/** A file that is gone or cannot be read is nobody else's. */
async function isHeldBy(path: string, { id }: Holder): Promise<boolean> {
  return ((await readHolder(path))?.id ?? id) === id;
}

async function write(path: string, holder: Holder, now: number): Promise<void> {
  const made = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(made, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await utimes(made, now / 1_000, now / 1_000);
  await rename(made, path);
}
