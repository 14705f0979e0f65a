import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);
const docker = async (...words: readonly string[]): Promise<string> =>
  (await run('docker', words)).stdout.trim();

/** Marks what tests start; real mode's own clean-up leaves it alone. */
const LABEL = 'dev.project-devops.test';
const LIMITS = ['--read-only', '--cap-drop=ALL', '--init', '--cpus=0.5', '--memory=256m'];
const SCRATCH = ['/run/devops', '/tmp', '/data'].flatMap((path) => [
  '--tmpfs',
  `${path}:mode=1777`,
]);

interface Wanted {
  readonly image: 'postgres' | 'redis';
  readonly port: number;
  readonly configuration: string;
}

export interface StoreContainer extends AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** A store from the newest of our images, healthy; nothing of it is left when it is disposed of. */
export async function startStore({ image, port, configuration }: Wanted): Promise<StoreContainer> {
  const name = `${image}-${randomUUID().slice(0, 8)}`;
  const variables = ['-e', `CONFIGURATION=${configuration}`, '-e', 'STORE_PASSWORD=secret'];
  const given = ['--label', LABEL, '--name', name, '-p', `127.0.0.1::${port}`, ...variables];
  await docker('run', '-d', ...LIMITS, ...SCRATCH, ...given, await newest(image));
  await healthy(name);
  const address = await docker('port', name, String(port));
  return {
    port: Number(address.split(':').at(-1)),
    kill: async () => {
      await docker('kill', name);
    },
    [Symbol.asyncDispose]: async () => {
      await docker('rm', '-f', name);
    },
  };
}

async function newest(image: string): Promise<string> {
  const found = await docker(
    ...['images', '--filter', 'label=dev.project-devops.content'],
    ...['--format', '{{.Repository}}:{{.Tag}}', `project-devops/${image}`],
  );
  const tag = found.split('\n')[0];
  if (!tag) throw new Error(`there is no image project-devops/${image}: npm run images makes it`);
  return tag;
}

async function healthy(name: string): Promise<void> {
  const untilMs = performance.now() + 30_000;
  while (performance.now() < untilMs) {
    const health = await docker('inspect', '-f', '{{.State.Health.Status}}', name);
    if (health === 'healthy') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} is not healthy: ${await docker('logs', '--tail', '5', name)}`);
}
