import { join } from 'node:path';
import { CATALOG, DEFAULT_PROFILE } from '@project-devops/simulation';
import type {
  DoctorReport,
  ImageProgress,
  Outlook,
  Profile,
  Scenario,
} from '@project-devops/simulation/protocol';
import { measureRoundsPerMs } from '../calibration/native-work.ts';
import { loadProfile, profileFolder } from '../calibration/profile-store.ts';
import type { Clock } from '../clock.ts';
import { createDoctor } from '../doctor/create-doctor.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { missingImages } from '../images/missing-images.ts';
import type { SweepReport } from '../janitor/sweep.ts';
import { createK6LoadGenerator } from '../load/k6-load-generator.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import type { ImageStore } from '../runtimes/image-store.ts';
import { IMAGES, type ImageTags } from '../sandbox/desired.ts';
import { outlook } from '../sandbox/outlook.ts';
import { plan } from '../sandbox/plan.ts';
import type { PlanInput } from '../sandbox/plan-input.ts';
import { openContainerSandbox } from './container-sandbox.ts';
import { type HeldSession, holdSession, Inheritance } from './held-session.ts';
import type { Sandbox, SandboxNews } from './sandbox.ts';

/** Rows that a database reads in a millisecond, on a machine that was never calibrated. */
const USUAL_ROWS_PER_MS = 700;

/** A topology that is to run for real, in its scenario's place. */
export interface GroundRequest {
  readonly scenario: Pick<Scenario, 'topology' | 'classes' | 'data'>;
  readonly seed: number;
  readonly profile: Profile;
  readonly scale: number;
  readonly images: ImageTags;
}

/** What everything that runs containers stands on. */
export interface Ground {
  readonly clock: Clock;
  examine(): Promise<DoctorReport>;
  /** The machine's own, or the game's cloud when it was never calibrated. */
  profile(): Promise<Profile>;
  /** The game's own cloud: the work that containers are set to do. */
  readonly cloud: Profile;
  /** Makes what is missing; rejects when `signal` is aborted. */
  ensureImages(
    onProgress: (images: readonly ImageProgress[]) => void,
    signal: AbortSignal,
  ): Promise<ImageTags>;
  /** What would be started. Rejects when the engine does not answer. */
  outlook(request: Omit<GroundRequest, 'images' | 'profile' | 'seed'>): Promise<Outlook>;
  /** Resolves when all runs and is healthy; leaves nothing behind when it rejects. */
  openSandbox(request: GroundRequest, news: SandboxNews, signal: AbortSignal): Promise<Sandbox>;
  /** Removes what earlier owners left and nobody will come back to. Rejects when the engine does not answer. */
  sweep(): Promise<SweepReport>;
  /** Removes what was kept for a page that did not come back, and lets go of the engine. */
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly runtime: ContainerRuntime;
  readonly store: ImageStore;
  readonly clock: Clock;
  /** Where heartbeats and profiles are kept. */
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Address of this orchestrator's page; empty for a program in a terminal. */
  address(): string;
}

/** The ground on a container engine, and what its last owner left there. */
export function createGround(options: GroundOptions): Ground {
  const { runtime, store, clock, dataFolder, environment, address } = options;
  const profiles = profileFolder(dataFolder);
  const holding = { runtime, clock, folder: join(dataFolder, 'sandbox'), address };
  const inheritance = new Inheritance(holding);
  let roundsPerMs: number | null = null;

  /** How much work a millisecond is: as calibrated, else as measured now. */
  function workOf({ measurement }: Profile): PlanInput['work'] {
    if (measurement !== undefined) return measurement;
    roundsPerMs ??= measureRoundsPerMs();
    return { roundsPerMs, rowsPerMs: USUAL_ROWS_PER_MS };
  }

  function planInput(
    request: Omit<GroundRequest, 'profile'>,
    held: Omit<HeldSession, keyof AsyncDisposable>,
    work: PlanInput['work'],
  ): PlanInput {
    const { scenario, scale, images, seed } = request;
    const { topology, classes, data } = scenario;
    return {
      ...{ topology, classes, data, scale, images, seed },
      session: held.name,
      heartbeat: held.heartbeat,
      storePassword: held.storePassword,
      demands: DEFAULT_PROFILE.demands,
      work,
      catalog: CATALOG,
    };
  }

  async function versionsOf(images: ImageTags): Promise<Record<string, string>> {
    const { engine } = await runtime.inspectHost();
    return { [runtime.name]: engine, ...images };
  }

  return {
    clock,
    cloud: DEFAULT_PROFILE,
    sweep: () => inheritance.sweep(),
    async close() {
      await inheritance.forget().catch(() => undefined);
      await runtime[Symbol.asyncDispose]();
    },
    examine: createDoctor({
      runtime,
      missingImages: () => missingImages(store),
      profileFolder: profiles,
      environment,
    }),
    profile: async () => (await loadProfile(profiles)).profile ?? DEFAULT_PROFILE,
    ensureImages: (onProgress, signal) => ensureImages(store, onProgress, { signal, clock }),
    async outlook({ scenario, scale }) {
      const [host, absent] = await Promise.all([runtime.inspectHost(), missingImages(store)]);
      const images = Object.fromEntries(IMAGES.map((name) => [name, name])) as ImageTags;
      const request = { scenario, scale, images, seed: 0 };
      const nobody = { name: 'outlook', heartbeat: '', storePassword: '' };
      const input = planInput(request, nobody, WORK_OF_NO_MATTER);
      return outlook(plan(input), host, scale, absent);
    },
    async openSandbox(request, news, signal) {
      const held = await holdSession(holding, (await inheritance.take()) ?? undefined);
      try {
        const input = planInput(request, held, workOf(request.profile));
        return await openContainerSandbox({
          ...{ runtime, clock, news, signal, input },
          load: createK6LoadGenerator({
            ...{ runtime, clock },
            session: held.name,
            heartbeat: held.heartbeat,
            image: request.images.k6,
            onEnded: (problem) => news.loadEnded(problem),
          }),
          versions: await versionsOf(request.images),
          remove: () => held[Symbol.asyncDispose](),
        });
      } catch (error) {
        await held[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

/** How many containers there will be, and how large, does not depend on it. */
const WORK_OF_NO_MATTER: PlanInput['work'] = { roundsPerMs: 1, rowsPerMs: 1 };
