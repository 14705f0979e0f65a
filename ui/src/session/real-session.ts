import type { Frame, Judge, RealState, Run } from '@project-devops/simulation/protocol';
import { clearAutosave, writeAutosave } from './autosave.ts';
import { createAutosaver } from './autosaver.ts';
import { type Connection, createRealConversation, type RealOptions } from './real-conversation.ts';
import { connectToServer, type SocketPort } from './real-link.ts';
import type { Session } from './session.ts';

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

const inTime = (run: Promise<Run>): Promise<Run | null> =>
  Promise.race([
    run.catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, RUN_TIME_MS, null)),
  ]);

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A session whose run is played by the orchestrator, beside real containers. One run only: `start` it with the page's. */
export function createRealSession(options: RealOptions, ports: RealPorts): RealSession {
  const { local, connect = connectToServer } = ports;
  const frames = new Set<(frame: Frame) => void>();
  const failures = new Set<Parameters<Session['onFailure']>[0]>();
  let lastRun: Run | null = null;

  const talk = createRealConversation(options, {
    connect,
    state: ports.state,
    connection: ports.connection,
    judge: ports.judge,
    frame(frame) {
      autosaver.saw(frame);
      for (const listener of frames) listener(frame);
    },
    ended(message, wasOpen) {
      autosaver.close();
      if (wasOpen) for (const listener of failures) listener({ message, lastRun });
    },
  });
  const autosaver = createAutosaver(talk.run, {
    write(run) {
      lastRun = run;
      return writeAutosave(run);
    },
    clear: clearAutosave,
  });

  async function newestRun(): Promise<Run | null> {
    if (!talk.isOpen) return null;
    return talk.isAway ? lastRun : ((await inTime(talk.run())) ?? lastRun);
  }

  return {
    library: () => local.library(),
    openFile: (text) => local.openFile(text),
    async start(from) {
      if (!('run' in from)) throw new Error('Real mode goes on from a run.');
      const info = await talk.open(from.run);
      autosaver.started(info);
      return info;
    },
    async dispatch(command) {
      const answer = await talk.command(command);
      if (answer.ok) autosaver.acted();
      return answer;
    },
    setSpeed(speed) {
      talk.setSpeed(speed === 0 ? 0 : 1);
      autosaver.acted();
    },
    seek: () => Promise.reject(new Error('Only a run that is watched can be sought.')),
    run: talk.run,
    without: async (commandIndex, of) => local.without(commandIndex, of ?? (await talk.run())),
    onFrame: (listener) => listen(frames, listener),
    onFailure: (listener) => listen(failures, listener),
    setJudge(judge) {
      ports.judge(judge);
      talk.setJudge(judge);
    },
    async leave() {
      const run = await newestRun();
      autosaver.close();
      talk.leave();
      return run;
    },
    close() {
      autosaver.close();
      talk.close();
    },
  };
}
