import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from '@project-devops/simulation/protocol';
import * as Type from 'typebox';
import type { Clock } from '../clock.ts';

export const BEAT_MS = 2_000;

/** Who holds a session. */
const HolderSchema = Type.Object({
  session: Type.String(),
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String(),
  /** Unix ms. */
  startedAt: Type.Number(),
  /** Where its owner's page is. */
  address: Type.String(),
});
export type Holder = Readonly<Type.Static<typeof HolderSchema>>;

export interface HeartbeatOptions {
  readonly folder: string;
  readonly session: string;
  /** Address at which the owner's page is, told to whoever wants the session too. */
  readonly address: string;
  readonly clock: Clock;
}

/** The sign of life of a session's owner: a file that is touched every 2 s until it is disposed of, which removes it. */
export interface Heartbeat extends AsyncDisposable {
  /** Goes into the label `LABELS.heartbeat` of all that belongs to the session. */
  readonly path: string;
}

/** Names that may stand in a file name and in a container's name. */
const SESSION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

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
  const startedAt = clock.now();
  const holder: Holder = { session, pid: process.pid, host: hostname(), startedAt, address };
  let cancel = () => {};
  let beating: Promise<void> = Promise.resolve();
  let over = false;
  const beatLater = () => {
    cancel = clock.later(() => {
      beating = beat(path, holder, clock.now()).then(() => {
        if (!over) beatLater();
      });
    }, BEAT_MS);
  };
  await write(path, holder, clock.now());
  beatLater();
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      over = true;
      cancel();
      await beating;
      await rm(path, { force: true });
    },
  };
}

/** When the heartbeat last beat, in Unix ms; null when there is none. */
export async function lastBeat(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

/** Null when there is no such file or it cannot be read. */
export async function readHolder(path: string): Promise<Holder | null> {
  try {
    const parsed = parse<Holder>(HolderSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.ok ? parsed.value : null;
  } catch {
    return null;
  }
}

/** A beat that fails is made up for by the next; the janitor waits for several. */
async function beat(path: string, holder: Holder, now: number): Promise<void> {
  const at = now / 1_000;
  await utimes(path, at, at).catch(() => write(path, holder, now).catch(() => undefined));
}

async function write(path: string, holder: Holder, now: number): Promise<void> {
  const made = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(made, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await utimes(made, now / 1_000, now / 1_000);
  await rename(made, path);
}
