import { constants } from 'node:os';
import { systemClock } from '../../clock.ts';
import { type Config, readConfig } from '../../config.ts';
import { createGround, type Ground } from '../../real/ground.ts';
import { RuntimeError } from '../../runtimes/container-runtime.ts';
import { createDockerRuntime } from '../../runtimes/docker.ts';
import { createDockerImageStore } from '../../runtimes/docker-images.ts';

/** What programs use of the ground. */
export type ProgramGround = Omit<Ground, 'outlook' | 'sweep' | 'close'>;

/** What a program that runs containers is given. */
export interface Standing {
  readonly ground: ProgramGround;
  readonly config: Config;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

const FAILED = 1;
const MISUSED = 2;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs a program on this machine's container engine; the answer is its exit code, 128 + N when signal N
 * asked for the end. The first signal lets it clean up; a second one ends at once, and the session's
 * janitor cleans up then.
 */
export async function onGround(program: (standing: Standing) => Promise<number>): Promise<number> {
  const reading = readConfig(process.env);
  if (!reading.ok) {
    for (const fault of reading.faults) process.stderr.write(`${fault}\n`);
    return MISUSED;
  }
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const ending = endingOnSignals();
  try {
    const ground = createGround({
      runtime: createDockerRuntime(),
      store: createDockerImageStore(),
      clock: systemClock,
      dataFolder: reading.config.DATA_DIR,
      environment: process.env,
      address: () => '',
    });
    try {
      const code = await program({ ground, config: reading.config, signal: ending.signal });
      return ending.code() ?? code;
    } finally {
      await ground.close();
    }
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return FAILED;
  }
}

function endingOnSignals() {
  const ending = new AbortController();
  let code: number | null = null;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const asked = 128 + constants.signals[signal];
      if (code !== null) process.exit(asked);
      code = asked;
      ending.abort();
    });
  }
  return { signal: ending.signal, code: () => code };
}
