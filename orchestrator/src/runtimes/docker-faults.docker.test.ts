import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { removeSession } from '../janitor/remove-session.ts';
import { sessionLabels } from '../sandbox/desired.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import type { ContainerRuntime, ContainerSpec, RuntimeEvent } from './container-runtime.ts';
import { createDockerRuntime } from './docker.ts';
import { dockerAddress } from './docker-address.ts';
import { type EngineProxy, startEngineProxy } from './testing/engine-proxy.ts';

const session = `faults-${randomUUID()}`;
const labels = sessionLabels(session);
const folder = temporaryDirectory();
const PATIENCE = { timeout: 10_000, interval: 25 };
let proxy: EngineProxy;
/** Straight to the engine. */
let engine: ContainerRuntime;
/** Through the proxy. */
let runtime: ContainerRuntime;

const spec = (name: string, changes: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name: `${session}-${name}`,
  image: 'debian:trixie-slim',
  labels,
  environment: {},
  arguments: ['sleep', '300'],
  pidsLimit: 20,
  scratch: [],
  network: session,
  aliases: [name],
  published: [],
  cpuMillicores: 100,
  memoryMiB: 32,
  ...changes,
});

beforeAll(async () => {
  const address = dockerAddress();
  if (address.transport !== 'socket') throw new Error('The proxy needs an engine on a socket.');
  const path = join(folder.path, 'proxy.sock');
  proxy = await startEngineProxy(path, address.path);
  engine = createDockerRuntime({ address });
  runtime = createDockerRuntime({ address: { transport: 'socket', path } });
  await engine.createNetwork({ name: session, labels });
});

afterEach(async () => {
  for (const { id } of await engine.listContainers(labels)) await engine.removeContainer(id, 0);
});

afterAll(async () => {
  await removeSession(engine, session);
  await runtime[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('Docker behind a connection with faults', () => {
  it('rejects soon when an answer is cut off, in its head or in its body', async () => {
    const { id } = await engine.runContainer(spec('truncated'));
    for (const afterBytes of [0, 20, 1_000]) {
      proxy.fault(/^GET .*json/, { kind: 'truncate', afterBytes });
      const start = systemClock.now();
      await expect(runtime.inspectContainer(id)).rejects.toMatchObject({ code: 'broken-answer' });
      expect(systemClock.now() - start).toBeLessThan(2_000);
    }
    expect(await runtime.inspectContainer(id)).toMatchObject({ phase: 'running' });
  });

  it('takes over a container whose creation was answered into the void', async () => {
    proxy.fault(/^POST .*create/, { kind: 'lose-answer' });
    await expect(runtime.runContainer(spec('lost'))).rejects.toMatchObject({
      code: 'broken-answer',
    });
    await expect.poll(async () => (await engine.listContainers(labels)).length, PATIENCE).toBe(1);
    expect(await runtime.runContainer(spec('lost'))).toMatchObject({ phase: 'running' });
    expect(await engine.listContainers(labels)).toHaveLength(1);
  });

  it('takes a container as removed that is gone between two calls', async () => {
    const { id } = await engine.runContainer(spec('gone'));
    const message = `No such container: ${id}`;
    proxy.fault(/^POST .*stop/, { kind: 'answer', status: 404, message });
    proxy.fault(/^DELETE /, { kind: 'answer', status: 404, message });
    await runtime.removeContainer(id, 1);
    await runtime.removeContainer(id, 1);
    expect(await runtime.inspectContainer(id)).toBeNull();
  });

  it('waits for a container that somebody else is removing', async () => {
    const { id } = await engine.runContainer(spec('busy'));
    const message = `removal of container ${id} is already in progress`;
    proxy.fault(/^DELETE /, { kind: 'answer', status: 409, message });
    const removal = runtime.removeContainer(id, 0);
    await engine.removeContainer(id, 0);
    await removal;
  });

  it('chooses other ports when those that Docker chose are taken, and says so when all are', async () => {
    const message = 'driver failed programming external connectivity: port is already allocated';
    const fault = { kind: 'answer', status: 500, message } as const;
    proxy.fault(/^POST \S*\/start\b/, fault, 2);
    const wanted = spec('ports', { published: [8080] });
    const { published } = await runtime.runContainer(wanted);
    expect(published[8080]).toBeGreaterThan(0);
    proxy.fault(/^POST \S*\/start\b/, fault, 3);
    await expect(runtime.runContainer(spec('full', { published: [8080] }))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('could not be opened'),
    });
    expect(await engine.listContainers(labels)).toHaveLength(1);
  });

  it('removes what it made when the start fails, and says why', async () => {
    const message = 'write /var/lib/docker/x: no space left on device';
    proxy.fault(/^POST \S*\/start\b/, { kind: 'answer', status: 500, message });
    await expect(runtime.runContainer(spec('no-space'))).rejects.toMatchObject({
      code: 'no-space',
    });
    expect(await engine.listContainers(labels)).toEqual([]);
  });

  it('keeps a started container whose state could not be read, for the next attempt', async () => {
    proxy.fault(/^GET \S*\/json/, { kind: 'truncate', afterBytes: 50 });
    const wanted = spec('unread');
    await expect(runtime.runContainer(wanted)).rejects.toMatchObject({ code: 'broken-answer' });
    const [left] = await engine.listContainers(labels);
    expect((await runtime.runContainer(wanted)).id).toBe(left?.id);
  });

  it('does not wait for a program inside past its deadline, nor for output that was cut off', async () => {
    const { id } = await engine.runContainer(spec('exec'));
    await expect(runtime.exec(id, ['sleep', '5'], { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'timed-out',
    });
    proxy.fault(/^POST \/exec\S*\/start\b/, { kind: 'hang' });
    await expect(runtime.exec(id, ['true'], { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'timed-out',
    });
    proxy.fault(/^POST \/exec\S*\/start\b/, { kind: 'truncate', afterBytes: 100 });
    await expect(runtime.exec(id, ['true'], { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: 'broken-answer',
    });
    expect(await runtime.exec(id, ['true'], { timeoutMs: 5_000 })).toMatchObject({ exitCode: 0 });
  });

  it('cannot run programs in a paused container', async () => {
    const { id } = await engine.runContainer(spec('paused'));
    const message = `Container ${id} is paused, unpause the container before exec`;
    proxy.fault(/^POST \S*\/exec\b/, { kind: 'answer', status: 409, message });
    await expect(runtime.exec(id, ['true'], { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: 'not-running',
    });
  });

  it('follows events across a cut and a restart of the engine, and tells both', async () => {
    const events: RuntimeEvent[] = [];
    const types = () => events.map(({ type }) => type);
    await using _ = runtime.watch(labels, (event) => events.push(event));
    await engine.runContainer(spec('first'));
    await expect.poll(types, PATIENCE).toEqual(['started']);
    proxy.cut();
    await expect.poll(types, PATIENCE).toEqual(['started', 'lost', 'regained']);
    await proxy.stop();
    await engine.runContainer(spec('unseen'));
    await expect.poll(types, PATIENCE).toHaveLength(4);
    await proxy.start();
    await expect.poll(types, PATIENCE).toHaveLength(5);
    await engine.runContainer(spec('second'));
    await expect
      .poll(types, PATIENCE)
      .toEqual(['started', 'lost', 'regained', 'lost', 'regained', 'started']);
  });

  it('says that the engine is away, whatever is asked, and serves again when it is back', async () => {
    await proxy.stop();
    const calls: (() => Promise<unknown>)[] = [
      () => runtime.inspectHost(),
      () => runtime.listContainers(labels),
      () => runtime.createNetwork({ name: 'x', labels }),
      () => runtime.removeNetwork('x'),
      () => runtime.runContainer(spec('away')),
      () => runtime.removeContainer('x', 1),
      () => runtime.exec('x', ['true'], { timeoutMs: 1_000 }),
      () => runtime.logs('x', 1),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unreachable' });
    await proxy.start();
    expect(await runtime.listContainers(labels)).toEqual([]);
  });

  it('does not wait for ever for an engine that never answers', async () => {
    const impatient = createDockerRuntime({
      address: { transport: 'socket', path: proxy.path },
      clock: { now: systemClock.now, later: (action, ms) => systemClock.later(action, ms / 50) },
    });
    proxy.fault(/^GET .*info/, { kind: 'hang' });
    await expect(impatient.inspectHost()).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('takes what does not speak for Docker as a broken answer', async () => {
    const path = join(folder.path, 'other.sock');
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const other = createDockerRuntime({ address: { transport: 'socket', path } });
    await expect(other.inspectHost()).rejects.toMatchObject({ code: 'broken-answer' });
    server.close();
  });
});
