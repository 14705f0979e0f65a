import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import { LABELS, OURS } from '../sandbox/desired.ts';
import { heartbeatPath, isSessionName } from './heartbeat.ts';
import { type Holder, readHolder } from './holder.ts';
import { lastBeat } from './last-beat.ts';

/** All that can be known of a session from outside. */
export interface Evidence {
  readonly session: string;
  /** Path of its heartbeat. */
  readonly heartbeat: string;
  readonly containers: number;
  readonly networks: number;
  /** Whether any of its containers runs. */
  readonly running: boolean;
  /** Null when there is no heartbeat file. */
  readonly beatAgeMs: number | null;
  /** Who holds it, if the heartbeat says so legibly. */
  readonly holder: Holder | null;
  readonly holderLives: 'yes' | 'no' | 'on-another-machine' | 'unknown';
  /** Whether this machine has the folder in which the heartbeat is said to be. */
  readonly folderInSight: boolean;
}

export interface Surroundings {
  readonly clock: Clock;
  /** Where this orchestrator's heartbeats are. */
  readonly folder: string;
  /** Whether a process of this machine lives. */
  readonly isAlive: (pid: number) => boolean;
}

const HEARTBEAT = /^(.+)\.json$/;

/** The sessions that have left anything: labelled containers and networks, or a heartbeat in this folder. */
export async function gatherEvidence(
  runtime: ContainerRuntime,
  surroundings: Surroundings,
): Promise<readonly Evidence[]> {
  const [containers, networks, files] = await Promise.all([
    runtime.listContainers(OURS),
    runtime.listNetworks(OURS),
    readdir(surroundings.folder).catch(() => []),
  ]);
  const things = new Things();
  for (const file of files) {
    const session = HEARTBEAT.exec(file)?.[1];
    if (session === undefined || !isSessionName(session)) continue;
    things.of(session).heartbeat = join(surroundings.folder, file);
  }
  for (const { labels, phase } of containers) {
    things.note(labels, { containers: 1, running: phase !== 'created' && phase !== 'exited' });
  }
  for (const { labels } of networks) things.note(labels, { networks: 1 });
  return await Promise.all(things.all.map((thing) => evidenceOf(thing, surroundings)));
}

interface Thing {
  readonly session: string;
  /** Null until a label or a file says where it is. */
  heartbeat: string | null;
  containers: number;
  networks: number;
  running: boolean;
}

/** What was found, by session. What carries our mark but no session, such as a container made of one of our images by hand, is nobody's. */
class Things {
  readonly #bySession = new Map<string, Thing>();

  get all(): readonly Thing[] {
    return [...this.#bySession.values()];
  }

  of(session: string): Thing {
    const known = this.#bySession.get(session);
    if (known !== undefined) return known;
    const thing = { session, heartbeat: null, containers: 0, networks: 0, running: false };
    this.#bySession.set(session, thing);
    return thing;
  }

  note(labels: Readonly<Record<string, string>>, found: Partial<Thing>): void {
    const session = labels[LABELS.session];
    if (session === undefined || !isSessionName(session)) return;
    const thing = this.of(session);
    thing.heartbeat ??= labels[LABELS.heartbeat] ?? null;
    thing.containers += found.containers ?? 0;
    thing.networks += found.networks ?? 0;
    thing.running ||= found.running ?? false;
  }
}

async function evidenceOf(
  { heartbeat, ...thing }: Thing,
  { clock, folder, isAlive }: Surroundings,
): Promise<Evidence> {
  const path = heartbeat ?? heartbeatPath(folder, thing.session);
  const [beatMs, holder, folderInSight] = await Promise.all([
    lastBeat(path),
    readHolder(path),
    heartbeat !== null && isFolder(dirname(heartbeat)),
  ]);
  return {
    ...thing,
    heartbeat: path,
    beatAgeMs: beatMs === null ? null : Math.max(0, clock.now() - beatMs),
    holder,
    holderLives: lives(holder, isAlive),
    folderInSight,
  };
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function lives(holder: Holder | null, isAlive: (pid: number) => boolean): Evidence['holderLives'] {
  if (holder === null) return 'unknown';
  if (holder.host !== hostname()) return 'on-another-machine';
  return isAlive(holder.pid) ? 'yes' : 'no';
}
