import { connect, type Socket } from 'node:net';
import { encode, type Reply, ReplyError, ReplyReader } from './resp.ts';

/**
 * A connection to a Redis, made in the background and again whenever it breaks, on which commands travel
 * one behind the other. It speaks just what this program needs: the `redis` package takes longer to load
 * than everything else together, on a machine of which a container here has a quarter.
 */
export interface RedisConnection {
  /** Whether it is connected now. */
  readonly ready: boolean;
  /** Rejects at once when it is not connected, and when the connection breaks before the answer. */
  ask(...words: (string | Buffer)[]): Promise<Exclude<Reply, ReplyError>>;
  /** Lets what was asked be answered, then closes for good. */
  close(): void;
}

const RECONNECT_PAUSE_MS = 250;
const CONNECT_PATIENCE_MS = 2_000;

interface Question {
  answer(reply: Exclude<Reply, ReplyError>): void;
  fail(error: Error): void;
}

export function openRedisConnection(host: string, port: number): RedisConnection {
  const questions: Question[] = [];
  let socket: Socket | null = null;
  let closing = false;
  let again: NodeJS.Timeout | undefined;

  const open = (): void => {
    const reader = new ReplyReader();
    const opened = connect({ host, port, noDelay: true, keepAlive: true });
    opened.setTimeout(CONNECT_PATIENCE_MS, () => opened.destroy());
    opened.on('connect', () => {
      opened.setTimeout(0);
      socket = opened;
      if (closing) finish();
    });
    opened.on('data', (bytes: Buffer) => {
      for (const reply of repliesOf(reader, bytes, opened)) settle(questions.shift(), reply);
      if (closing) finish();
    });
    // Told to whoever asks; 'close' follows.
    opened.on('error', () => {});
    opened.on('close', () => {
      socket = null;
      const lost = new Error(`the connection to ${host} broke`);
      for (const question of questions.splice(0)) question.fail(lost);
      if (!closing) again = setTimeout(open, RECONNECT_PAUSE_MS).unref();
    });
  };
  const finish = (): void => {
    if (questions.length === 0) socket?.end();
  };

  open();
  return {
    get ready() {
      return socket !== null;
    },
    ask: (...words) =>
      new Promise((answer, fail) => {
        if (socket === null) {
          fail(new Error(`not connected to ${host}`));
          return;
        }
        questions.push({ answer, fail });
        write(socket, encode(words));
      }),
    close: () => {
      closing = true;
      clearTimeout(again);
      finish();
    },
  };
}

function repliesOf(reader: ReplyReader, bytes: Buffer, socket: Socket): Reply[] {
  try {
    return reader.read(bytes);
  } catch (error) {
    socket.destroy(error as Error);
    return [];
  }
}

function settle(question: Question | undefined, reply: Reply): void {
  if (reply instanceof ReplyError) question?.fail(reply);
  else question?.answer(reply);
}

function write(socket: Socket, pieces: readonly (string | Buffer)[]): void {
  socket.cork();
  for (const piece of pieces) socket.write(piece);
  socket.uncork();
}
