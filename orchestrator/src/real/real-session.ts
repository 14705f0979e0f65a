import { RULESET } from '@project-devops/simulation';
import type {
  Command,
  DispatchResult,
  DoctorReport,
  ImageProgress,
  Judge,
  Outlook,
  Profile,
  RealMessage,
  RealProblem,
  RealState,
  Run,
} from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { provenanceOf } from '../comparison/provenance.ts';
import type { ImageTags } from '../sandbox/desired.ts';
import { type Game, resumeGame } from './game.ts';
import { type CourseNews, LiveCourse } from './live-course.ts';
import { problemOf } from './problem.ts';
import type { Sandbox, SandboxNews } from './sandbox.ts';

/** What a sandbox is opened with. */
export interface SandboxRequest {
  readonly game: Game;
  readonly profile: Profile;
  readonly scale: number;
  readonly images: ImageTags;
}

/** What a session works with; all of it comes from outside so that tests may bring their own. */
export interface RealSessionPorts {
  readonly clock: Clock;
  examine(): Promise<DoctorReport>;
  /** Builds what is missing; ends early when `signal` is aborted. */
  ensureImages(
    onProgress: (images: readonly ImageProgress[]) => void,
    signal: AbortSignal,
  ): Promise<ImageTags>;
  profile(): Promise<Profile>;
  outlook(request: Omit<SandboxRequest, 'images'>): Promise<Outlook>;
  /** Resolves when the topology runs and is healthy. Rejects with what went wrong; nothing is left then. */
  openSandbox(request: SandboxRequest, news: SandboxNews, signal: AbortSignal): Promise<Sandbox>;
}

export interface RealOpening {
  readonly run: Run;
  readonly judge: Judge;
  readonly scale: number;
}

type Listener = (message: RealMessage) => void;

/** A game that goes on beside real containers, from switching on to the last container's end. */
export class RealSession {
  readonly #ports: RealSessionPorts;
  readonly #listeners = new Set<Listener>();
  readonly #ending = new AbortController();
  readonly #game: Game;
  readonly #scale: number;
  #judge: Judge;
  #state: RealState = { phase: 'checking' };
  #course: LiveCourse | null = null;
  #sandbox: Sandbox | null = null;
  #left: Promise<void> | null = null;
  #sandboxTroubles: readonly RealProblem[] = [];
  #courseTroubles: readonly RealProblem[] = [];
  #changeTrouble: RealProblem | null = null;
  #applying = 0;

  /** Throws when the run cannot be gone on with. */
  constructor(ports: RealSessionPorts, opening: RealOpening) {
    this.#ports = ports;
    this.#game = resumeGame(opening.run);
    this.#judge = opening.judge;
    this.#scale = opening.scale;
  }

  get state(): RealState {
    return this.#state;
  }

  /** Sends everything a page needs to show the session, then what happens, until the answer is called. */
  follow(listener: Listener): () => void {
    listener({ type: 'state', state: this.#state });
    listener({ type: 'info', info: this.#game.info, judge: this.#judge });
    this.#course?.show(listener);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Checks, builds, starts; resolves when the session runs, failed or was left. Never rejects. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      await this.#removeAll().catch(() => undefined);
      this.#enter({ phase: 'failed', problem: problemOf(error), doctor: null });
    }
  }

  async #start(): Promise<void> {
    const { signal } = this.#ending;
    const doctor = await this.#ports.examine();
    if (signal.aborted) return;
    if (!doctor.ready) return this.#enter({ phase: 'failed', problem: notReady(doctor), doctor });
    const images = await this.#ports.ensureImages((progress) => {
      if (!signal.aborted) this.#enter({ phase: 'building-images', images: progress });
    }, signal);
    if (signal.aborted) return;
    const profile = await this.#ports.profile();
    const request = { game: this.#game, profile, scale: this.#scale };
    const outlook = await this.#ports.outlook(request);
    this.#enter({ phase: 'starting', outlook, containers: [] });
    const { revision } = this.#game.engine.snapshot();
    const sandbox = await this.#ports.openSandbox({ ...request, images }, this.#news(), signal);
    if (signal.aborted) return sandbox[Symbol.asyncDispose]();
    this.#sandbox = sandbox;
    this.#enter(runningState(outlook, sandbox));
    const course = new LiveCourse({
      clock: this.#ports.clock,
      game: this.#game,
      sandbox,
      profile,
      scale: this.#scale,
      judge: this.#judge,
      provenance: provenanceOf({
        ...this.#game.info,
        ruleset: RULESET,
        profile,
        scale: this.#scale,
        versions: sandbox.versions,
      }),
      send: (message) => this.#send(message),
      told: (news) => this.#hear(news),
      edited: () => void this.#edit(),
      restarted: (node) => void this.#restart(node),
    });
    this.#course = course;
    if (this.#game.engine.snapshot().revision !== revision) void this.#edit();
    await course.start();
  }

  dispatch(command: Command): DispatchResult {
    // Until the course begins, the engine stands; the containers follow once they are there.
    return (this.#course ?? this.#game.engine).dispatch(command);
  }

  setSpeed(speed: 0 | 1): void {
    this.#course?.setSpeed(speed);
  }

  setJudge(judge: Judge): void {
    this.#judge = judge;
    this.#game.engine.setJudge(judge);
  }

  run(): Run {
    return this.#game.toRun();
  }

  async logs(node: string, lines: number): Promise<readonly string[]> {
    return (await this.#sandbox?.logs(node, lines)) ?? [];
  }

  /** Ends the load and removes everything; resolves when nothing is left. */
  leave(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  async #leave(): Promise<void> {
    const left = this.#sandbox?.containers.length ?? 0;
    this.#enter({ phase: 'stopping', left });
    this.#ending.abort();
    await this.#course?.end().catch(() => undefined);
    try {
      await this.#removeAll();
      this.#enter({ phase: 'off' });
    } catch (error) {
      this.#enter({ phase: 'failed', problem: problemOf(error), doctor: null });
    }
  }

  async #removeAll(): Promise<void> {
    await this.#sandbox?.[Symbol.asyncDispose]();
  }

  #news(): SandboxNews {
    return {
      containers: (containers) => this.#change({ containers }),
      troubles: (troubles) => {
        this.#sandboxTroubles = troubles;
        this.#showTroubles();
      },
      loadEnded: (problem) => this.#course?.loadEnded(problem),
    };
  }

  #hear({ troubles, coresUsed, ...shown }: CourseNews): void {
    this.#courseTroubles = troubles;
    const state = this.#state;
    if (state.phase !== 'running') return;
    const containers = state.containers.map((view) => ({
      ...view,
      cpuUsed: coresUsed[view.node] ?? null,
    }));
    this.#change({ ...shown, containers, troubles: this.#troubles() });
  }

  #showTroubles(): void {
    this.#change({ troubles: this.#troubles() });
  }

  #troubles(): readonly RealProblem[] {
    const changing = this.#changeTrouble === null ? [] : [this.#changeTrouble];
    return [...changing, ...this.#sandboxTroubles, ...this.#courseTroubles];
  }

  /** Brings the containers to the topology as the player has it now. */
  async #edit(): Promise<void> {
    await this.#apply(() => this.#sandbox?.change(this.#game.engine.snapshot().topology));
  }

  async #restart(node: string): Promise<void> {
    await this.#apply(() => this.#sandbox?.restart(node));
  }

  /** A change that fails is a trouble of the session, not its end. */
  async #apply(change: () => Promise<void> | undefined): Promise<void> {
    this.#applying++;
    this.#change({ applying: true });
    try {
      await change();
      this.#changeTrouble = null;
    } catch (error) {
      this.#changeTrouble = problemOf(error);
    }
    this.#applying--;
    this.#change({ applying: this.#applying > 0 });
    this.#showTroubles();
  }

  /** Changes what the present phase shows; a phase that does not show it stays as it is. */
  #change(change: Partial<Extract<RealState, { phase: 'running' }>>): void {
    const state = this.#state;
    if (state.phase === 'running') this.#enter({ ...state, ...change });
    else if (state.phase === 'starting' && change.containers !== undefined) {
      this.#enter({ ...state, containers: change.containers });
    } else if (state.phase === 'stopping' && change.containers !== undefined) {
      this.#enter({ phase: 'stopping', left: change.containers.length });
    }
  }

  #enter(state: RealState): void {
    this.#state = state;
    this.#send({ type: 'state', state });
  }

  #send(message: RealMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}

function runningState(outlook: Outlook, sandbox: Sandbox): RealState {
  return {
    phase: 'running',
    outlook,
    containers: sandbox.containers,
    load: null,
    applying: false,
    troubles: [],
    measuredAgeMs: null,
    scorecard: null,
  };
}

function notReady(doctor: DoctorReport): RealProblem {
  const missing = doctor.checks.find((check) => check.status === 'missing');
  return {
    code: missing?.id ?? 'not-ready',
    message: missing?.found ?? 'Real mode cannot start on this machine.',
    node: null,
    remedy: missing?.remedy?.command ?? missing?.remedy?.text ?? null,
    lastLines: [],
  };
}
