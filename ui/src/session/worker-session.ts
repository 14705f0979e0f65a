import type { Frame, Run } from '@project-devops/simulation/protocol';
import { lastAutosave } from './autosave.ts';
import { createAutosaver } from './autosaver.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { Session, SessionStart } from './session.ts';
import { createWorkerChannel, type WorkerPort } from './worker-channel.ts';
import type { CallName, Input, Output } from './worker-protocol.ts';

/** Longest that a file or a counterfactual may keep its helper busy. */
const HELPER_TIME_MS = 30_000;

const createWorker = (): WorkerPort =>
  new Worker(new URL('../worker/simulation-worker.ts', import.meta.url), {
    type: 'module',
    name: 'simulation',
  });

/** Asks a worker of its own, so that hostile files and long computations cannot stop the game. */
function askHelper<N extends CallName>(
  spawn: () => WorkerPort,
  name: N,
  input: Input<N>,
): Promise<Output<N>> {
  const channel = createWorkerChannel(spawn(), { frame() {}, failed() {}, heard() {} });
  const timer = setTimeout(
    () => channel.close('This took too long and was stopped.'),
    HELPER_TIME_MS,
  );
  return channel.call(name, input).finally(() => {
    clearTimeout(timer);
    channel.close('done');
  });
}

/** A session whose engine runs in a worker of this page. */
export function createWorkerSession(spawn: () => WorkerPort = createWorker): Session {
  const frameListeners = new Set<(frame: Frame) => void>();
  const failureListeners = new Set<Parameters<Session['onFailure']>[0]>();

  const channel = createWorkerChannel(spawn(), {
    frame(frame) {
      autosaver.saw(frame);
      for (const listener of frameListeners) listener(frame);
    },
    failed(message) {
      stop();
      const failure = { message, lastRun: lastAutosave() };
      for (const listener of failureListeners) listener(failure);
    },
    heard: () => heartbeat.heard(),
  });
  const heartbeat = createHeartbeat(
    () => void channel.call('ping', null).catch(() => undefined),
    () => channel.fail('The simulation stopped answering.'),
  );
  const run = (): Promise<Run> => channel.call('run', null);
  const autosaver = createAutosaver(run);

  function stop(): void {
    heartbeat.stop();
    autosaver.close();
  }

  function listen<T>(listeners: Set<T>, listener: T): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    library: () => channel.call('library', null),
    openFile: (text) =>
      askHelper(spawn, 'open-file', text).catch((error: Error) => ({
        kind: 'refused',
        problems: [{ path: '', expected: error.message }],
      })),
    async start(start: SessionStart) {
      autosaver.close();
      const info = await channel.call('start', start);
      autosaver.started(info);
      return info;
    },
    async dispatch(command) {
      const answer = await channel.call('dispatch', command);
      if (answer.ok) autosaver.acted();
      return answer;
    },
    setSpeed(speed) {
      channel.call('set-speed', speed).catch(() => undefined);
      autosaver.acted();
    },
    seek: async (timeMs) => void (await channel.call('seek', timeMs)),
    run,
    async without(commandIndex, of) {
      return askHelper(spawn, 'without', { run: of ?? (await run()), commandIndex });
    },
    onFrame: (listener) => listen(frameListeners, listener),
    onFailure: (listener) => listen(failureListeners, listener),
    close() {
      stop();
      channel.close('The session was closed.');
    },
  };
}
