import { RuntimeError, type RuntimeErrorCode } from './container-runtime.ts';

/** A port that was free when Docker chose it and taken when the container started. */
export class PortTakenError extends RuntimeError {}

interface Meaning {
  readonly pattern: RegExp;
  readonly code: RuntimeErrorCode;
  readonly sentence: (subject: string) => string;
}

/** What the engine says in words, whatever the status; the first that fits counts. */
const MEANINGS: readonly Meaning[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    code: 'no-space',
    sentence: (subject) =>
      `The disk of the container engine is full, so ${subject} could not be made. Free some space ("docker system df" shows what uses it) and try again.`,
  },
  {
    pattern: /cannot allocate memory|out of memory|oom-killed|not enough memory/i,
    code: 'no-memory',
    sentence: (subject) =>
      `There is not enough memory to start ${subject}. Close other programs, or give Docker more memory, and try again.`,
  },
  {
    pattern: /no such image|image .* not found|pull access denied/i,
    code: 'image-missing',
    sentence: (subject) =>
      `The image of ${subject} is not on this machine. Build the images again.`,
  },
  {
    pattern: /network .* not found/i,
    code: 'not-found',
    sentence: (subject) => `The network that ${subject} should be on is not there.`,
  },
  {
    pattern: /is paused|is not running|not running/i,
    code: 'not-running',
    sentence: (subject) => `${subject} is not running, so nothing can be done inside it.`,
  },
  {
    pattern: /could not find an available.*address pool|all predefined address pools/i,
    code: 'refused',
    sentence: (subject) =>
      `Docker has no address range left for ${subject}. Remove networks that nobody uses ("docker network prune") and try again.`,
  },
  {
    pattern: /active endpoints/i,
    code: 'conflict',
    sentence: (subject) => `${subject} still has containers on it and cannot be removed.`,
  },
];

const PORT_TAKEN = /port is already allocated|address already in use|ports are not available/i;

/** Puts any failure of a call to Docker into our words; a `RuntimeError` stays as it is. */
export function toRuntimeError(error: unknown, subject: string | null, address: string) {
  if (error instanceof RuntimeError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (statusCode !== undefined) return refusal(statusCode, messageOf(error), subject);
  return new RuntimeError(...connectionTrouble(code ?? '', messageOf(error), address), subject);
}

/** Whether an error is one of ours with that code. */
export function isCode<C extends RuntimeErrorCode>(
  error: unknown,
  code: C,
): error is RuntimeError & { readonly code: C } {
  return error instanceof RuntimeError && error.code === code;
}

/** The error for an answer that was cut off or is not what Docker answers. */
export function brokenAnswer(subject: string | null, detail: string): RuntimeError {
  return new RuntimeError(
    'broken-answer',
    `Docker's answer about ${subject ?? 'itself'} could not be read: ${detail}.`,
    subject,
  );
}

function refusal(status: number, message: string, subject: string | null): RuntimeError {
  const about = subject ?? 'the engine';
  if (PORT_TAKEN.test(message)) {
    const text = `A port of ${about} could not be opened on this machine: ${message}. End the program that uses it.`;
    return new PortTakenError('conflict', text, subject);
  }
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(message));
  if (meaning !== undefined) {
    return new RuntimeError(meaning.code, meaning.sentence(about), subject);
  }
  if (status === 404) return new RuntimeError('not-found', `${about} is not there.`, subject);
  const code = status === 409 ? 'conflict' : 'refused';
  return new RuntimeError(code, `Docker refused ${about}: ${message}.`, subject);
}

function connectionTrouble(
  code: string,
  message: string,
  address: string,
): [RuntimeErrorCode, string] {
  if (code === 'EACCES' || code === 'EPERM') {
    return [
      'unreachable',
      `This user may not use Docker at ${address}. Run "sudo usermod -aG docker $USER" and log in again.`,
    ];
  }
  if (/^(ECONNRESET|EPIPE|HPE_.*|ERR_STREAM_PREMATURE_CLOSE)$/.test(code)) {
    return ['broken-answer', `The connection to Docker at ${address} broke: ${message}.`];
  }
  return [
    'unreachable',
    `Docker does not answer at ${address} (${code || message}). Start it ("sudo systemctl start docker", or Docker Desktop), or set DOCKER_HOST.`,
  ];
}

/** The engine's own words, without what the client library puts round them. */
function messageOf(error: unknown): string {
  const json = (error as { json?: { message?: unknown } }).json;
  if (typeof json?.message === 'string') return json.message.trim().replace(/\.$/, '');
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\.$/, '');
}
