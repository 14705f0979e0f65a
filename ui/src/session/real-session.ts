import type {
  Frame,
  Judge,
  RealMessage,
  RealProblem,
  RealState,
  Run,
  SessionInfo,
} from '@project-devops/simulation/protocol';
import { clearAutosave, writeAutosave } from './autosave.ts';
import { createAutosaver } from './autosaver.ts';
import { connectToServer, createRealLink, type SocketPort } from './real-link.ts';
import { createQuestions } from './real-questions.ts';
import type { Session } from './session.ts';

export type Connection = 'open' | 'lost';

export interface RealOptions {
  readonly judge: Judge;
  /** CPU limits and load are divided by this. */
  readonly scale: number;
}

export interface RealPorts {
  /** The page's own source, for what needs no containers. */
  readonly local: Session;
  readonly connect?: () => SocketPort;
  state(state: RealState): void;
  connection(connection: Connection): void;
  judge(judge: Judge): void;
}

export interface RealSession extends Session {
  setJudge(judge: Judge): void;
  /** Asks for the newest run and ends real mode; null when no run could be had in time. States still arrive until all is removed. */
  leave(): Promise<Run | null>;
}

/** Longest wait for the run when real mode is left. */
const RUN_TIME_MS = 3_000;
/** While play runs, frames come ten times a second; a connection silent for longer than this is given up. */
const SILENCE_MS = 8_000;

const inTime = (run: Promise<Run>): Promise<Run | null> =>
  Promise.race([
    run.catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, RUN_TIME_MS, null)),
  ]);

const problemOf = (code: string, message: string): RealProblem => ({
  code,
  message,
  node: null,
  remedy: null,
  lastLines: [],
});

/** A session whose run is played by the orchestrator, beside real containers. One run only: `start` it with the page's. */
export function createRealSession(options: RealOptions, ports: RealPorts): RealSession {
  const frames = new Set<(frame: Frame) => void>();
  const failures = new Set<Parameters<Session['onFailure']>[0]>();
  let stage: 'new' | 'opening' | 'open' | 'leaving' | 'ended' = 'new';
  let { judge } = options;
  /** A speed that was chosen while the connection was away. */
  let untoldSpeed: 0 | 1 | null = null;
  let isFirstFrame = true;
  /** The server tells its state at once, which may be another page's: it counts once the session is known to be ours. */
  let isOurs = false;
  let heldState: RealState | null = null;
  let isPlaying = false;
  let isAway = true;
  let lastRun: Run | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let link: ReturnType<typeof createRealLink> | null = null;
  let begun: {
    readonly run: Run;
    resolve(info: SessionInfo): void;
    reject(error: Error): void;
  } | null = null;

  const questions = createQuestions((request) => link?.send(request));
  const autosaver = createAutosaver(questions.run, {
    write(run) {
      lastRun = run;
      return writeAutosave(run);
    },
    clear: clearAutosave,
  });

  function end(message: string): void {
    stage = 'ended';
    clearTimeout(silence);
    autosaver.close();
    questions.end(message);
    begun?.reject(new Error(message));
    begun = null;
    link?.close();
  }

  /** The session cannot go on: the page is told why, and its own source takes over. */
  function fail(problem: RealProblem): void {
    const wasOpen = stage === 'open';
    end(problem.message);
    if (wasOpen) for (const listener of failures) listener({ message: problem.message, lastRun });
  }

  function heard(): void {
    clearTimeout(silence);
    if (isPlaying && stage === 'open') silence = setTimeout(() => link?.renew(), SILENCE_MS);
  }

  function sendOpen(): void {
    if (begun) link?.send({ type: 'open', run: begun.run, ...options });
  }

  function onConnected(): void {
    isAway = false;
    ports.connection('open');
    if (stage === 'new') {
      stage = 'opening';
      sendOpen();
    } else if (stage === 'leaving') {
      link?.send({ type: 'leave' });
    } else {
      link?.send({ type: 'resume' });
    }
  }

  function onLost(): void {
    isAway = true;
    isOurs = false;
    clearTimeout(silence);
    questions.away();
    ports.connection('lost');
  }

  function onInfo(info: SessionInfo): void {
    isOurs = true;
    if (stage === 'opening') {
      stage = 'open';
      autosaver.started(info);
      begun?.resolve(info);
      begun = null;
    }
    if (untoldSpeed !== null) link?.send({ type: 'set-speed', speed: untoldSpeed });
    untoldSpeed = null;
    questions.ready();
    if (heldState !== null) enter(heldState);
    heldState = null;
  }

  function onState(state: RealState): void {
    if (isOurs || stage === 'leaving') enter(state);
    else heldState = state;
  }

  function enter(state: RealState): void {
    ports.state(state);
    if (state.phase === 'failed') fail(state.problem);
    if (state.phase === 'off' && stage === 'leaving') end('Real mode was left.');
  }

  function onRefused({ code, message }: Extract<RealMessage, { type: 'refused' }>): void {
    if (stage === 'leaving') return end(message);
    if (code === 'nothing-open' && stage === 'opening') return sendOpen();
    if (code === 'bad-request' && stage === 'open') return;
    enter({ phase: 'failed', problem: problemOf(code, message), doctor: null });
  }

  function onFrame(frame: Frame): void {
    isPlaying = frame.speed !== 0;
    autosaver.saw(frame);
    const shown = isFirstFrame ? { ...frame, restarted: true } : frame;
    isFirstFrame = false;
    for (const listener of frames) listener(shown);
  }

  function onMessage(message: RealMessage): void {
    switch (message.type) {
      case 'state':
        onState(message.state);
        break;
      case 'info':
        judge = message.judge;
        ports.judge(judge);
        onInfo(message.info);
        break;
      case 'frame':
        onFrame(message.frame);
        break;
      case 'answer':
      case 'run':
        questions.answered(message);
        break;
      case 'refused':
        onRefused(message);
        break;
    }
    heard();
  }

  const newestRun = async (): Promise<Run | null> =>
    isAway ? lastRun : ((await inTime(questions.run())) ?? lastRun);

  const { local, connect = connectToServer } = ports;
  return {
    library: () => local.library(),
    openFile: (text) => local.openFile(text),
    start(from) {
      if (!('run' in from) || stage !== 'new') {
        return Promise.reject(new Error('Real mode goes on from the run on the page, once.'));
      }
      const started = new Promise<SessionInfo>((resolve, reject) => {
        begun = { run: from.run, resolve, reject };
      });
      link = createRealLink(connect, { connected: onConnected, message: onMessage, lost: onLost });
      return started;
    },
    async dispatch(command) {
      const answer = await questions.command(command);
      if (answer.ok) autosaver.acted();
      return answer;
    },
    setSpeed(speed) {
      const told = speed === 0 ? 0 : 1;
      if (isAway) untoldSpeed = told;
      else link?.send({ type: 'set-speed', speed: told });
      autosaver.acted();
    },
    seek: () => Promise.reject(new Error('Only a run that is watched can be sought.')),
    run: questions.run,
    without: async (commandIndex, of) => local.without(commandIndex, of ?? (await questions.run())),
    onFrame(listener) {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    onFailure(listener) {
      failures.add(listener);
      return () => failures.delete(listener);
    },
    setJudge(next) {
      judge = next;
      ports.judge(next);
      link?.send({ type: 'set-judge', judge: next });
    },
    async leave() {
      const run = stage === 'open' ? await newestRun() : null;
      if (stage === 'ended') return run;
      stage = 'leaving';
      begun?.reject(new Error('Real mode was left.'));
      begun = null;
      autosaver.close();
      if (isAway) enter({ phase: 'off' });
      else link?.send({ type: 'leave' });
      return run;
    },
    close() {
      link?.send({ type: 'leave' });
      end('The session was closed.');
    },
  };
}
