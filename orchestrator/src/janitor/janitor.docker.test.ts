import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import { createDockerRuntime } from '../runtimes/docker.ts';
import { sessionLabels } from '../sandbox/desired.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { createHeartbeat, heartbeatPath } from './heartbeat.ts';
import { startJanitor } from './janitor.ts';
import { janitorFiles } from './janitor-files.ts';
import { processIsAlive } from './process-is-alive.ts';
import { removeSession } from './remove-session.ts';
import { sweep } from './sweep.ts';
import { populate, smallContainer } from './testing/populate.ts';

const OWNER = fileURLToPath(new URL('./testing/owner.ts', import.meta.url));
const SLEEPER = { image: 'debian:trixie-slim', arguments: ['sleep', '300'] };
const runtime = createDockerRuntime();
const folder = temporaryDirectory();
const neighbour = `neighbour-${randomUUID()}`;
const owners: ChildProcess[] = [];

const sessions: string[] = [];

function newSession(): string {
  const session = `janitor-${randomUUID()}`;
  sessions.push(session);
  return session;
}

/** Docker as if there were only this session of ours: a sweep in a test must not meet anybody else's. */
function seeingOnly(session: string): ContainerRuntime {
  const only = sessionLabels(session);
  return Object.assign(createDockerRuntime(), {
    listContainers: () => runtime.listContainers(only),
    listNetworks: () => runtime.listNetworks(only),
  });
}

async function own(session: string, containers: number, where = folder.path) {
  const arguments_ = [OWNER, session, where, String(containers)];
  const owner = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
  owners.push(owner);
  const [told] = await once(owner.stdout, 'data');
  return { owner, janitorPid: Number(told) };
}

async function left(session: string): Promise<number> {
  const labels = sessionLabels(session);
  const found = [await runtime.listContainers(labels), await runtime.listNetworks(labels)];
  return found.flat().length;
}

beforeAll(async () => {
  const labels = { test: neighbour };
  await runtime.createNetwork({ name: neighbour, labels });
  await runtime.runContainer({ ...smallContainer(neighbour, neighbour, labels), ...SLEEPER });
});

afterAll(async () => {
  const labels = { test: neighbour };
  for (const owner of owners) owner.kill('SIGKILL');
  for (const session of sessions) await removeSession(runtime, session);
  for (const { id } of await runtime.listContainers(labels)) await runtime.removeContainer(id, 0);
  for (const { id } of await runtime.listNetworks(labels)) await runtime.removeNetwork(id);
  await runtime[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('the clean-up on Docker', () => {
  it.concurrent('leaves nothing 30 s after an owner was killed, and no neighbour is touched', async ({
    expect,
  }) => {
    const session = newSession();
    const { owner, janitorPid } = await own(session, 3);
    expect(await left(session)).toBe(4);
    owner.kill('SIGKILL');
    await expect.poll(() => left(session), { timeout: 30_000, interval: 250 }).toBe(0);
    await expect.poll(() => processIsAlive(janitorPid), { timeout: 5_000 }).toBe(false);
    expect(existsSync(heartbeatPath(folder.path, session))).toBe(false);
    expect(await runtime.listContainers({ test: neighbour })).toMatchObject([{ phase: 'running' }]);
  });

  it.concurrent('keeps the session of an owner who slept as long as the janitor', async ({
    expect,
  }) => {
    const session = newSession();
    const { owner, janitorPid } = await own(session, 1);
    owner.kill('SIGSTOP');
    process.kill(janitorPid, 'SIGSTOP');
    await wait(15_000);
    process.kill(janitorPid, 'SIGCONT');
    await wait(3_000);
    owner.kill('SIGCONT');
    await wait(10_000);
    expect(await left(session)).toBe(2);
    owner.kill('SIGKILL');
    process.kill(janitorPid, 'SIGKILL');
    expect(await removeSession(runtime, session)).toMatchObject({ containers: 1, networks: 1 });
  });

  it.concurrent('guards again the session of an owner who was taken for dead and woke up', async ({
    expect,
  }) => {
    const session = newSession();
    const { owner, janitorPid } = await own(session, 1);
    owner.kill('SIGSTOP');
    await expect.poll(() => left(session), { timeout: 30_000, interval: 250 }).toBe(0);
    owner.kill('SIGCONT');
    const path = heartbeatPath(folder.path, session);
    const guarding = async () => {
      const pid = Number(await readFile(janitorFiles(path).pid, 'utf8').catch(() => 0));
      return pid !== 0 && pid !== janitorPid && processIsAlive(pid);
    };
    await expect.poll(guarding, { timeout: 20_000 }).toBe(true);
    await populate(runtime, session, path, 1, SLEEPER);
    owner.kill('SIGKILL');
    await expect.poll(() => left(session), { timeout: 30_000, interval: 250 }).toBe(0);
  });

  it.concurrent('hands a session whose owner was killed over to the next, who gets a janitor of its own', async ({
    expect,
  }) => {
    const session = newSession();
    using aside = temporaryDirectory();
    const { owner, janitorPid } = await own(session, 1, aside.path);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const surroundings = { clock: systemClock, folder: aside.path, isAlive: processIsAlive };
    const docker = seeingOnly(session);
    const { adoptable } = await sweep(docker, surroundings);
    expect(adoptable).toMatchObject([{ session, containers: 1, holder: { pid: owner.pid } }]);

    const options = { folder: aside.path, session, address: '', clock: systemClock };
    await using heartbeat = await createHeartbeat(options);
    await using janitor = await startJanitor(session, heartbeat.path, systemClock);
    await expect.poll(() => processIsAlive(janitorPid), { timeout: 5_000 }).toBe(false);
    expect(processIsAlive(janitor.pid)).toBe(true);
    await wait(14_000);
    expect(await left(session)).toBe(2);
    expect((await sweep(docker, surroundings)).living.map((one) => one.session)).toContain(session);
    await removeSession(runtime, session);
  });

  it.concurrent('starts a janitor again that somebody ended, and ends with its owner', async ({
    expect,
  }) => {
    const session = newSession();
    const options = { folder: folder.path, session, address: '', clock: systemClock };
    await using heartbeat = await createHeartbeat(options);
    const janitor = await startJanitor(session, heartbeat.path, systemClock);
    const first = janitor.pid;
    process.kill(first, 'SIGKILL');
    await expect.poll(() => janitor.pid, { timeout: 10_000 }).not.toBe(first);
    const second = janitor.pid;
    expect(processIsAlive(second)).toBe(true);
    await janitor[Symbol.asyncDispose]();
    expect(processIsAlive(second)).toBe(false);
  });

  it('removes ten containers and their network within 5 s', async () => {
    const session = newSession();
    await populate(runtime, session, heartbeatPath(folder.path, session), 10, SLEEPER);
    const removal = await removeSession(runtime, session);
    expect(removal).toMatchObject({ containers: 10, networks: 1 });
    expect(removal.tookMs).toBeLessThan(5_000);
    expect(await left(session)).toBe(0);
    process.stdout.write(`Removed 10 containers and a network in ${removal.tookMs} ms.\n`);
  });
});
