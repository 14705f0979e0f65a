import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import { janitorFiles } from './janitor-files.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
const RESTART_DELAY_MS = 2_000;
const PASSED_ON = /^(DOCKER_.*|HOME|USERPROFILE|PATH|SYSTEMROOT)$/i;

/** The process that removes a session when its owner cannot; disposing of it ends it and removes its files. */
export interface Janitor extends AsyncDisposable {
  /** Changes when it had to be started again. */
  readonly pid: number;
}

/**
 * Starts a janitor for a session, given its heartbeat's path. It outlives this process; as long as this
 * process lives, one that ends is started again, unless another janitor took over. Rejects when it cannot be started.
 */
export async function startJanitor(
  session: string,
  heartbeat: string,
  clock: Clock,
): Promise<Janitor> {
  let cancel = () => {};
  let over = false;
  let child = await start();

  async function start() {
    await using log = await open(janitorFiles(heartbeat).log, 'a', 0o600);
    const started = await spawned(session, heartbeat, log);
    started.once('exit', (exitCode) => {
      // Exit code 0: another janitor has the session. One that removed it took an owner for dead who only slept.
      if (!over && exitCode !== 0) cancel = clock.later(restart, RESTART_DELAY_MS);
    });
    return started;
  }

  async function restart() {
    try {
      child = await start();
    } catch {
      if (!over) cancel = clock.later(restart, RESTART_DELAY_MS);
    }
  }

  return {
    get pid() {
      return child.pid ?? 0;
    },
    [Symbol.asyncDispose]: async () => {
      over = true;
      cancel();
      await end(child);
      const { pid, log } = janitorFiles(heartbeat);
      await Promise.all([rm(pid, { force: true }), rm(log, { force: true })]);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // Waiting for it has to keep this process alive.
  child.ref();
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function spawned(session: string, heartbeat: string, log: FileHandle) {
  const env = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  const child = spawn(process.execPath, [PROGRAM, session, heartbeat], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: tmpdir(),
    env: Object.fromEntries(env),
    windowsHide: true,
  });
  await once(child, 'spawn');
  child.unref();
  return child;
}
