import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to this process's own variables. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
  /** Hears its messages, line by line. */
  readonly onLine?: (line: string) => void;
}

/** A program of this machine that is not there, was ended or failed; `lastLines` are its own last words. */
export class ProgramError extends Error {
  readonly absent: boolean;
  readonly lastLines: readonly string[];

  constructor(message: string, absent: boolean, lastLines: readonly string[]) {
    super(message);
    this.name = 'ProgramError';
    this.absent = absent;
    this.lastLines = lastLines;
  }
}

const KEPT_LINES = 20;
const HOUR_MS = 3_600_000;

/** Runs a program of this machine. Resolves when it has ended well, with what it printed; else a `ProgramError`. */
export async function runProgram(
  name: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const printed: Buffer[] = [];
  await streamProgram(name, args, options, async (output) => {
    for await (const chunk of output) printed.push(chunk as Buffer);
  });
  return Buffer.concat(printed).toString('utf8');
}

/** As `runProgram`, but hands what it prints to `take`, which reads it to its end. */
export async function streamProgram(
  name: string,
  args: readonly string[],
  { cwd, environment = {}, signal, deadlineMs = HOUR_MS, onLine }: ProgramOptions,
  take: (output: Readable) => Promise<unknown>,
): Promise<void> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const child = spawn(name, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
  });
  const lastLines: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > KEPT_LINES) lastLines.shift();
    onLine?.(line);
  });
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  try {
    const [[code, by]] = await Promise.all([ended, take(child.stdout)]);
    if (code === 0) return;
    throw new ProgramError(`${name} ended with ${by ?? `exit code ${code}`}`, false, lastLines);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ProgramError) throw error;
    if (deadline.aborted) {
      const text = `${name} was not done within ${Math.round(deadlineMs / 1_000)} s`;
      throw new ProgramError(text, false, lastLines);
    }
    const { code, message } = error as NodeJS.ErrnoException;
    const absent = code === 'ENOENT' || code === 'EACCES';
    throw new ProgramError(absent ? `${name} is not installed` : message, absent, lastLines);
  }
}
