import type { Readable } from 'node:stream';
import { type Clock, sleep } from '../clock.ts';
import { type ExecOptions, type ExecResult, RuntimeError } from './container-runtime.ts';
import { readExitCode, readId } from './docker-answers.ts';
import type { DockerConnection } from './docker-connection.ts';
import { brokenAnswer } from './docker-errors.ts';
import { FrameReader } from './docker-frames.ts';
import { environmentList } from './docker-settings.ts';

export const OUTPUT_BYTES = 16_384;
const EXIT_CODE_DELAY_MS = 20;

/**
 * Runs a program inside a container and hears it out. Docker cannot end such a program, so past the deadline
 * it may go on inside while the call rejects.
 */
export async function execIn(
  connection: DockerConnection,
  clock: Clock,
  id: string,
  command: readonly string[],
  { environment = {}, timeoutMs }: ExecOptions,
): Promise<ExecResult> {
  const end = new AbortController();
  const late = Promise.withResolvers<never>();
  const cancel = clock.later(() => late.reject(tooLate(command, id, timeoutMs)), timeoutMs);
  const run = async () => {
    const exec = await prepare(connection, id, command, environment);
    const stream = await start(connection, id, exec, end.signal);
    const output = await textOf(stream, id);
    return { exitCode: await exitCodeOf(connection, clock, id, exec, end.signal), output };
  };
  try {
    return await Promise.race([run(), late.promise]);
  } finally {
    cancel();
    end.abort();
  }
}

async function prepare(
  connection: DockerConnection,
  id: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await connection.ask(id, (docker) =>
    docker.getContainer(id).exec({
      Cmd: [...command],
      Env: environmentList(environment),
      AttachStdout: true,
      AttachStderr: true,
    }),
  );
  return readId({ Id: answer.id }, id);
}

function start(
  connection: DockerConnection,
  id: string,
  exec: string,
  signal: AbortSignal,
): Promise<Readable> {
  return connection.open(
    id,
    (docker) => docker.getExec(exec).start({ Detach: false, Tty: false }),
    signal,
  );
}

async function textOf(stream: Readable, id: string): Promise<string> {
  const frames = new FrameReader(OUTPUT_BYTES);
  try {
    for await (const chunk of stream) frames.push(chunk as Buffer);
  } catch {
    throw brokenAnswer(id, 'the output of a program in it was cut off');
  }
  return frames.text;
}

/** The engine may note the end a moment after the output ended. */
async function exitCodeOf(
  connection: DockerConnection,
  clock: Clock,
  id: string,
  exec: string,
  signal: AbortSignal,
): Promise<number> {
  while (!signal.aborted) {
    const answer = await connection.ask(id, (docker) => docker.getExec(exec).inspect());
    const exitCode = readExitCode(answer, id);
    if (exitCode !== null) return exitCode;
    await sleep(clock, EXIT_CODE_DELAY_MS, signal);
  }
  throw brokenAnswer(id, 'a program in it has not ended');
}

function tooLate(command: readonly string[], id: string, timeoutMs: number): RuntimeError {
  const text = `"${command.join(' ')}" in ${id} did not end within ${timeoutMs / 1_000} s.`;
  return new RuntimeError('timed-out', text, id);
}
