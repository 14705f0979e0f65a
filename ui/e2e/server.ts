import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../orchestrator/src/main.ts', import.meta.url));
const START_LIMIT_MS = 20_000;

/** A running orchestrator with a run store of its own. */
export interface GameServer extends AsyncDisposable {
  /** The page, without a token: plays, but may not save on the server. */
  readonly address: string;
  /** The address printed last, whose token opens a session once. */
  sessionAddress(): string;
}

/** Starts the orchestrator as `npm start` does, on a free port; disposing ends it and removes its data. */
export async function startServer(): Promise<GameServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'project-devops-data-'));
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout?.on('data', (data: Buffer) => {
    printed += data.toString();
  });
  const latest = () => printed.match(/https?:\/\/\S+(?=\n)/g)?.at(-1);
  await untilPrinted(child, latest);
  const sessionAddress = () => latest() ?? '';
  return {
    address: new URL('/', sessionAddress()).href,
    sessionAddress,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(dataFolder, { recursive: true });
    },
  };
}

async function untilPrinted(child: ChildProcess, latest: () => unknown): Promise<void> {
  const deadline = AbortSignal.timeout(START_LIMIT_MS);
  const exit = once(child, 'exit', { signal: deadline }).then(([code]) => {
    throw new Error(`The server ended with exit code ${code} before it printed an address.`);
  });
  exit.catch(() => {});
  while (latest() === undefined) {
    await Promise.race([exit, once(child.stdout as NonNullable<typeof child.stdout>, 'data')]);
  }
}
