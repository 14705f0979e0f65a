import type {
  Command,
  DispatchResult,
  Frame,
  Measurement,
  NodeId,
  Refusal,
  Result,
  Run,
  SessionInfo,
  Speed,
} from '@project-devops/simulation/protocol';
import { defineStore } from 'pinia';
import { computed, type InjectionKey, inject, shallowRef } from 'vue';
import { createRunHistory } from './run-history.ts';
import type { Counterfactual, Library, OpenedFile, Session, SessionStart } from './session.ts';
import { createUndoHistory } from './undo-history.ts';
import { createWorkerSession } from './worker-session.ts';

/** Builds the source of runs; tests provide another. */
export const SESSION_FACTORY: InjectionKey<() => Session> = Symbol('session factory');

export interface Failure {
  readonly message: string;
  /** The newest autosave, null when there is none. */
  readonly lastRun: Run | null;
}

/** Which run the page's own source went on with. */
export type TakenBack = 'as-played' | 'as-given';

const errorText = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The run on the screen: its state, its history, and everything the player can do with it. */
export const useRun = defineStore('run', () => {
  const createSession = inject(SESSION_FACTORY, () => createWorkerSession, true);
  const library = shallowRef<Library | null>(null);
  const info = shallowRef<SessionInfo | null>(null);
  const frame = shallowRef<Frame | null>(null);
  const result = shallowRef<Result | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const lastRefusal = shallowRef<{ command: Command; refusal: Refusal } | null>(null);
  const history = createRunHistory();
  const steps = createUndoHistory();
  const speed = computed<Speed>(() => frame.value?.speed ?? 0);
  let resumeSpeed: Exclude<Speed, 0> = 1;
  /** The page's own source. */
  let session: Session | null = null;
  /** The source that has taken the run over, and the run as it was given to it; the own source rests meanwhile. */
  let guest: { readonly source: Session; readonly given: Run } | null = null;
  /** Settled once the own source has the run again; what is asked of it meanwhile waits. */
  let comingBack: Promise<unknown> | null = null;
  /** Commands, undo and redo wait for one another. */
  let queue: Promise<unknown> = Promise.resolve();

  function take(next: Frame): void {
    if (info.value === null) return;
    history.add(next);
    frame.value = next;
    result.value = next.result;
    if (next.speed !== 0) resumeSpeed = next.speed;
  }

  function fail(next: Failure): void {
    session?.close();
    session = null;
    failure.value = next;
  }

  function open(): Session {
    if (session !== null) return session;
    const opened = createSession();
    session = opened;
    opened.onFrame((next) => {
      if (guest === null) take(next);
    });
    opened.onFailure(fail);
    opened.library().then(
      (known) => {
        library.value = known;
      },
      (error) => {
        if (session === opened) fail({ message: errorText(error), lastRun: null });
      },
    );
    return opened;
  }

  const source = (): Session => guest?.source ?? open();

  function dismiss(): void {
    guest?.source.close();
    guest = null;
  }

  function forget(): void {
    info.value = null;
    frame.value = null;
    result.value = null;
    lastRefusal.value = null;
    history.clear();
    steps.clear();
  }

  async function send(command: Command): Promise<DispatchResult> {
    await comingBack;
    const answer = await source().dispatch(command);
    lastRefusal.value = answer.ok ? null : { command, refusal: answer.refusal };
    return answer;
  }

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = queue.then(act);
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** Applies a player's command at the present instant; a refusal is also kept in `lastRefusal`. */
  const dispatch = (command: Command): Promise<DispatchResult> =>
    inTurn(async () => {
      const answer = await send(command);
      if (answer.ok) steps.did({ command, undo: answer.undo });
      return answer;
    });

  /** Takes back the newest action; stops and gives the step up when the rules refuse a part. */
  const undo = (): Promise<void> =>
    inTurn(async () => {
      const step = steps.takeUndo();
      if (!step) return;
      for (const command of step.undo) if (!(await send(command)).ok) return;
      steps.undid(step.command);
    });

  /** Does again what was undone last. */
  const redo = (): Promise<void> =>
    inTurn(async () => {
      const command = steps.takeRedo();
      if (!command) return;
      const answer = await send(command);
      if (answer.ok) steps.redid({ command, undo: answer.undo });
    });

  function setSpeed(next: Speed): void {
    if (comingBack === null) source().setSpeed(next);
    else void comingBack.then(() => source().setSpeed(next));
  }
  const togglePause = (): void => setSpeed(speed.value === 0 ? resumeSpeed : 0);

  /** Opens a run; rejects when it cannot be played, and then no run is open. */
  async function start(from: SessionStart): Promise<void> {
    dismiss();
    forget();
    info.value = await open().start(from);
    failure.value = null;
  }

  /** Back to the home screen; the newest autosave stays. */
  function leave(): void {
    dismiss();
    session?.setSpeed(0);
    failure.value = null;
    forget();
    open();
  }

  /**
   * Pauses the run and gives it to another source, built over the page's own; from then on frames,
   * commands and saves are that one's. When it does not take the run, the own source has it again.
   */
  async function handOver<S extends Session>(build: (own: Session) => S): Promise<void> {
    const own = open();
    own.setSpeed(0);
    const given = await own.run();
    if (info.value === null) throw new Error('The run was left.');
    const next = { source: build(own), given };
    dismiss();
    guest = next;
    next.source.onFrame((shown) => {
      if (guest === next) take(shown);
    });
    try {
      const taken = await next.source.start({ run: given, mode: 'continue' });
      if (guest === next) info.value = taken;
    } catch (error) {
      if (guest === next) guest = null;
      throw error;
    }
  }

  /** The page's own source goes on from `run`; where that one is unknown or cannot be played, from the run as it was given away. */
  async function takeBack(run: Run | null): Promise<TakenBack> {
    const given = guest?.given ?? null;
    guest = null;
    const back = goOn(run, given);
    comingBack = back;
    try {
      return await back;
    } finally {
      if (comingBack === back) comingBack = null;
    }
  }

  async function goOn(run: Run | null, given: Run | null): Promise<TakenBack> {
    if (run !== null && (await canContinue(run))) return 'as-played';
    if (given !== null) await canContinue(given);
    return 'as-given';
  }

  /** False when the log does not fit: reality has paid other money than the prediction would. */
  async function canContinue(run: Run): Promise<boolean> {
    try {
      const taken = await open().start({ run, mode: 'continue' });
      if (info.value !== null) info.value = taken;
      return true;
    } catch {
      return false;
    }
  }

  open();
  return {
    library,
    info,
    frame,
    snapshot: computed(() => frame.value?.snapshot ?? null),
    events: computed(() => history.events.value),
    /** Predicted rows of the whole service. */
    history: computed(() => history.predicted.endToEnd.value),
    /** Measured rows of the whole service; empty but in real mode. */
    measured: computed(() => history.measured.endToEnd.value),
    nodeHistory: (id: NodeId): readonly Measurement[] => history.predicted.ofNode(id),
    measuredNodeHistory: (id: NodeId): readonly Measurement[] => history.measured.ofNode(id),
    result,
    speed,
    failure,
    lastRefusal,
    canUndo: steps.canUndo,
    canRedo: steps.canRedo,
    dispatch,
    undo,
    redo,
    setSpeed,
    togglePause,
    start,
    leave,
    handOver,
    takeBack,
    seek: (timeMs: number): Promise<void> => source().seek(timeMs),
    exportRun: (): Promise<Run> => source().run(),
    without: (commandIndex: number): Promise<Counterfactual> => source().without(commandIndex),
    openFile: (text: string): Promise<OpenedFile> => open().openFile(text),
  };
});
