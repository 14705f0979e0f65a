import type {
  Command,
  DispatchResult,
  Frame,
  Judge,
  RealMessage,
  RealProblem,
  RealState,
  Run,
  SessionInfo,
} from '@project-devops/simulation/protocol';
import { createRealLink, type RealLink, type SocketPort } from './real-link.ts';
import { createQuestions } from './real-questions.ts';
import { createSilenceWatch } from './silence-watch.ts';

export type Connection = 'open' | 'lost';

export interface RealOptions {
  readonly judge: Judge;
  /** CPU limits and load are divided by this. */
  readonly scale: number;
}

export interface ConversationPorts {
  connect(): SocketPort;
  state(state: RealState): void;
  connection(connection: Connection): void;
  judge(judge: Judge): void;
  frame(frame: Frame): void;
  /** Nothing more will be said. `wasOpen`: a session that was being played has failed. */
  ended(message: string, wasOpen: boolean): void;
}

interface Begun {
  readonly run: Run;
  resolve(info: SessionInfo): void;
  reject(error: Error): void;
}

/** While play runs, frames come ten times a second; a connection silent for longer than this is given up. */
const SILENCE_MS = 8_000;

const problemOf = (code: string, message: string): RealProblem => ({
  code,
  message,
  node: null,
  remedy: null,
  lastLines: [],
});

/** The talk with the orchestrator about one session: opened once, resumed after each lost connection, left once. */
export function createRealConversation(options: RealOptions, ports: ConversationPorts) {
  let stage: 'new' | 'opening' | 'open' | 'leaving' | 'ended' = 'new';
  let begun: Begun | null = null;
  let link: RealLink | null = null;
  let isAway = true;
  let isPlaying = false;
  let isFirstFrame = true;
  /** A speed that was chosen while the connection was away. */
  let untoldSpeed: 0 | 1 | null = null;
  /** The server tells its state at once, which may be another page's: it counts once the session is known to be ours. */
  let isOurs = false;
  let heldState: RealState | null = null;

  const questions = createQuestions((request) => link?.send(request));
  const silence = createSilenceWatch(SILENCE_MS, () => link?.renew());

  function giveUpStart(message: string): void {
    begun?.reject(new Error(message));
    begun = null;
  }

  function end(message: string): void {
    const wasOpen = stage === 'open';
    stage = 'ended';
    silence.stop();
    questions.end(message);
    giveUpStart(message);
    link?.close();
    ports.ended(message, wasOpen);
  }

  function enter(state: RealState): void {
    ports.state(state);
    if (state.phase === 'failed') end(state.problem.message);
    if (state.phase === 'off' && stage === 'leaving') end('Real mode was left.');
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
    } else {
      link?.send({ type: stage === 'leaving' ? 'leave' : 'resume' });
    }
  }

  function onLost(): void {
    isAway = true;
    isOurs = false;
    silence.stop();
    questions.away();
    ports.connection('lost');
  }

  function onInfo(info: SessionInfo): void {
    isOurs = true;
    if (stage === 'opening') {
      stage = 'open';
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

  function onRefused({ code, message }: Extract<RealMessage, { type: 'refused' }>): void {
    if (stage === 'leaving') return end(message);
    if (code === 'nothing-open' && stage === 'opening') return sendOpen();
    if (code === 'bad-request' && stage === 'open') return;
    enter({ phase: 'failed', problem: problemOf(code, message), doctor: null });
  }

  /** The first frame has the whole history, whatever it says of itself. */
  function onFrame(frame: Frame): void {
    isPlaying = frame.speed !== 0;
    ports.frame(isFirstFrame ? { ...frame, restarted: true } : frame);
    isFirstFrame = false;
  }

  function take(message: RealMessage): void {
    switch (message.type) {
      case 'state':
        return onState(message.state);
      case 'info':
        ports.judge(message.judge);
        return onInfo(message.info);
      case 'frame':
        return onFrame(message.frame);
      case 'answer':
      case 'run':
        return questions.answered(message);
      case 'refused':
        return onRefused(message);
    }
  }

  function onMessage(message: RealMessage): void {
    take(message);
    if (isPlaying && stage === 'open') silence.heard();
    else silence.stop();
  }

  function open(run: Run): Promise<SessionInfo> {
    if (stage !== 'new') return Promise.reject(new Error('Real mode was opened before.'));
    return new Promise((resolve, reject) => {
      begun = { run, resolve, reject };
      link = createRealLink(ports.connect, {
        connected: onConnected,
        message: onMessage,
        lost: onLost,
      });
    });
  }

  function leave(): void {
    if (stage === 'ended') return;
    stage = 'leaving';
    giveUpStart('Real mode was left.');
    if (isAway) enter({ phase: 'off' });
    else link?.send({ type: 'leave' });
  }

  return {
    get isOpen() {
      return stage === 'open';
    },
    get isAway() {
      return isAway;
    },
    open,
    command: (command: Command): Promise<DispatchResult> => questions.command(command),
    run: (): Promise<Run> => questions.run(),
    setSpeed(speed: 0 | 1): void {
      if (isAway) untoldSpeed = speed;
      else link?.send({ type: 'set-speed', speed });
    },
    setJudge(judge: Judge): void {
      link?.send({ type: 'set-judge', judge });
    },
    /** Ends the session; its states are told until all is removed. */
    leave,
    /** Ends the session without waiting for its end. */
    close(): void {
      link?.send({ type: 'leave' });
      stage = 'leaving';
      end('The session was closed.');
    },
  };
}
