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
  let session: Session | null = null;
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
    opened.onFrame(take);
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

  function forget(): void {
    info.value = null;
    frame.value = null;
    result.value = null;
    lastRefusal.value = null;
    history.clear();
    steps.clear();
  }

  async function send(command: Command): Promise<DispatchResult> {
    const answer = await open().dispatch(command);
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

  const setSpeed = (next: Speed): void => open().setSpeed(next);
  const togglePause = (): void => setSpeed(speed.value === 0 ? resumeSpeed : 0);

  /** Opens a run; rejects when it cannot be played, and then no run is open. */
  async function start(from: SessionStart): Promise<void> {
    forget();
    info.value = await open().start(from);
    failure.value = null;
  }

  /** Back to the home screen; the newest autosave stays. */
  function leave(): void {
    session?.setSpeed(0);
    failure.value = null;
    forget();
    open();
  }

  open();
  return {
    library,
    info,
    frame,
    snapshot: computed(() => frame.value?.snapshot ?? null),
    events: computed(() => history.events.value),
    history: computed(() => history.endToEnd.value),
    nodeHistory: (id: NodeId): readonly Measurement[] => history.nodeHistory(id),
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
    seek: (timeMs: number): Promise<void> => open().seek(timeMs),
    exportRun: (): Promise<Run> => open().run(),
    without: (commandIndex: number): Promise<Counterfactual> => open().without(commandIndex),
    openFile: (text: string): Promise<OpenedFile> => open().openFile(text),
  };
});
