import { stripVTControlCharacters } from 'node:util';
import { RuntimeError } from './container-runtime.ts';
import { brokenAnswer, toRuntimeError } from './docker-errors.ts';

const KEPT_LINES = 10;
const MAX_MESSAGE_LETTERS = 1_048_576;

/**
 * Reads what Docker tells while it pulls, builds or imports: one JSON object a line. A failure arrives as such
 * an object under status 200, so that only reading to the end tells success. Rejects with a `RuntimeError`
 * that has the last lines told.
 */
export async function readMessages(
  answer: NodeJS.ReadableStream,
  subject: string,
  onLine: (line: string) => void,
): Promise<void> {
  const lastLines: string[] = [];
  for await (const text of linesOf(answer, subject)) {
    const message = readMessage(text, subject);
    if (typeof message.error === 'string') throw failure(message.error, subject, lastLines);
    for (const line of toldBy(message)) {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      onLine(line);
    }
  }
}

interface Message {
  readonly stream?: unknown;
  readonly status?: unknown;
  readonly id?: unknown;
  readonly progress?: unknown;
  readonly error?: unknown;
}

async function* linesOf(answer: NodeJS.ReadableStream, subject: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of answer) {
    rest += decoder.decode(chunk as Buffer, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_MESSAGE_LETTERS) throw brokenAnswer(subject, 'a message has no end');
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function readMessage(text: string, subject: string): Message {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message === 'object' && message !== null) return message;
  } catch {
    // Told below.
  }
  throw brokenAnswer(subject, `"${text.slice(0, 80)}" is no message`);
}

function toldBy({ stream, status, id, progress }: Message): readonly string[] {
  const text =
    typeof stream === 'string'
      ? stream
      : [id, status, progress].filter((part) => typeof part === 'string').join(' ');
  return stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
}

/** In our words where there are some for it, else in the engine's. */
function failure(message: string, subject: string, lastLines: readonly string[]): RuntimeError {
  const known = toRuntimeError({ statusCode: 500, json: { message } }, subject, '');
  const isDisk = known.code === 'no-space';
  const text = isDisk ? known.message : message.trim();
  return new RuntimeError(
    isDisk ? known.code : 'refused',
    [text, ...lastLines].join('\n'),
    subject,
  );
}
