import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createHeartbeat, type Heartbeat } from '../janitor/heartbeat.ts';
import { type Janitor, startJanitor } from '../janitor/janitor.ts';
import { processIsAlive } from '../janitor/process-is-alive.ts';
import { removeSession } from '../janitor/remove-session.ts';
import { type SweepReport, sweep } from '../janitor/sweep.ts';
import { isK6 } from '../load/k6-container.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import { sessionLabels } from '../sandbox/desired.ts';

/** A session left by an orchestrator that died is kept so long for the page that comes back. */
const ADOPTION_MS = 30_000;

export interface HeldSessionOptions {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  /** Where heartbeats are. */
  readonly folder: string;
  /** Address of this orchestrator's page, told to whoever wants the session too. */
  address(): string;
}

/** A session's name with its sign of life; disposing of it removes everything that carries the name. */
export interface HeldSession extends AsyncDisposable {
  readonly name: string;
  readonly heartbeat: string;
  /** The stores' password: known to who knows the session, so that an adopted one can be gone on with. */
  readonly storePassword: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Begins a session of its own, or takes over a given one. Rejects when its heartbeat or janitor cannot be started. */
export async function holdSession(
  options: HeldSessionOptions,
  name = randomBytes(4).toString('hex'),
): Promise<HeldSession> {
  const { runtime, clock, folder } = options;
  const address = options.address();
  const heartbeat = await createHeartbeat({ folder, session: name, address, clock });
  const janitor = await startJanitor(name, heartbeat.path, clock).catch(async (error) => {
    await heartbeat[Symbol.asyncDispose]();
    throw error;
  });
  return {
    name,
    heartbeat: heartbeat.path,
    storePassword: createHash('sha256').update(`store ${name}`).digest('hex').slice(0, 24),
    async [Symbol.asyncDispose]() {
      try {
        await removeSession(runtime, name, { clock });
      } catch (error) {
        // What is left is the janitor's: it goes on trying once the heartbeat is silent.
        await heartbeat.stop();
        throw error;
      }
      await janitor[Symbol.asyncDispose]();
      await heartbeat[Symbol.asyncDispose]();
    },
  };
}

interface Kept {
  readonly name: string;
  readonly heartbeat: Heartbeat;
  readonly janitor: Janitor;
  cancel(): void;
}

/** Sessions that this orchestrator found at its start. */
export class Inheritance {
  readonly #options: HeldSessionOptions;
  #kept: Kept | null = null;

  constructor(options: HeldSessionOptions) {
    this.#options = options;
  }

  /** Removes what nobody will come back to; keeps the newest session of a dead owner for a while. Rejects when the engine does not answer. */
  async sweep(): Promise<SweepReport> {
    const { runtime, clock, folder } = this.#options;
    const report = await sweep(runtime, { clock, folder, isAlive: processIsAlive });
    const [newest, ...older] = [...report.adoptable].sort(
      (a, b) => (a.beatAgeMs ?? 0) - (b.beatAgeMs ?? 0),
    );
    for (const { session } of older) await removeSession(runtime, session, { clock });
    if (newest !== undefined) await this.#keep(newest.session);
    return report;
  }

  /** The kept session's name, once; null when there is none. The load that still runs in it is ended. */
  async take(): Promise<string | null> {
    const kept = this.#kept;
    if (kept === null) return null;
    this.#kept = null;
    kept.cancel();
    await kept.heartbeat.stop();
    await kept.janitor[Symbol.asyncDispose]();
    await this.#endLoad(kept.name);
    return kept.name;
  }

  /** Removes what is kept. */
  async forget(): Promise<void> {
    const kept = this.#kept;
    if (kept === null) return;
    this.#kept = null;
    kept.cancel();
    await removeSession(this.#options.runtime, kept.name, { clock: this.#options.clock });
    await kept.janitor[Symbol.asyncDispose]();
    await kept.heartbeat[Symbol.asyncDispose]();
  }

  async #keep(name: string): Promise<void> {
    const { clock, folder } = this.#options;
    const address = this.#options.address();
    const heartbeat = await createHeartbeat({ folder, session: name, address, clock });
    const janitor = await startJanitor(name, heartbeat.path, clock);
    const cancel = clock.later(() => void this.forget().catch(() => undefined), ADOPTION_MS);
    this.#kept = { name, heartbeat, janitor, cancel };
  }

  async #endLoad(session: string): Promise<void> {
    const { runtime } = this.#options;
    const containers = await runtime.listContainers(sessionLabels(session));
    const load = containers.filter(({ labels }) => isK6(labels));
    await Promise.all(load.map(({ id }) => runtime.removeContainer(id, 0)));
  }
}
