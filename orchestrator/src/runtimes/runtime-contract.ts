import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LABELS, OURS } from '../sandbox/desired.ts';
import {
  type ContainerRuntime,
  type ContainerSpec,
  type ContainerState,
  RuntimeError,
  type RuntimeEvent,
} from './container-runtime.ts';

/**
 * What the suite needs of an engine: a runtime and an image whose containers `serve` (print "ready", end with
 * 0 when asked to), `fail CODE LINE` or are `stubborn` (do not end when asked to), answer the programs
 * `echo TEXT`, `printenv NAME`, `false` and `become-sick`, and are healthy until they become sick.
 */
export interface ContractEngine extends AsyncDisposable {
  readonly runtime: ContainerRuntime;
  readonly image: string;
}

/** As the port promises. */
const OUTPUT_BYTES = 16_384;
const PATIENCE = { timeout: 10_000, interval: 25 };

/** The suite every runtime passes. */
export function describeRuntime(name: string, open: () => Promise<ContractEngine>): void {
  describe(`the container runtime ${name}`, () => {
    const session = `contract-${randomUUID()}`;
    const labels = { ...OURS, [LABELS.session]: session };
    let engine: ContractEngine;
    let runtime: ContainerRuntime;

    beforeAll(async () => {
      engine = await open();
      runtime = engine.runtime;
      await runtime.createNetwork({ name: session, labels });
    }, 60_000);

    afterEach(async () => {
      const containers = await runtime.listContainers(labels);
      await Promise.all(containers.map(({ id }) => runtime.removeContainer(id, 0)));
    });

    afterAll(async () => {
      for (const { id } of await runtime.listNetworks(labels)) await runtime.removeNetwork(id);
      await engine[Symbol.asyncDispose]();
    }, 60_000);

    const spec = (node: string, changes: Partial<ContainerSpec> = {}): ContainerSpec => ({
      name: `${session}-${node}`,
      image: engine.image,
      labels: { ...labels, [LABELS.node]: node },
      environment: { GREETING: 'good = morning' },
      arguments: ['serve'],
      pidsLimit: 50,
      scratch: [{ path: '/run/devops', sizeMiB: 1 }],
      network: session,
      aliases: [node],
      published: [],
      cpuMillicores: 250,
      memoryMiB: 32,
      ...changes,
    });
    const stateOf = async (id: string): Promise<ContainerState> => {
      const state = await runtime.inspectContainer(id);
      if (state === null) throw new Error(`${id} is gone`);
      return state;
    };
    const untilHealthy = (id: string) =>
      expect.poll(async () => (await stateOf(id)).health, PATIENCE).toBe('healthy');

    it('tells what the engine is', async () => {
      const host = await runtime.inspectHost();
      expect(host.cores).toBeGreaterThan(0);
      expect(host.memoryMiB).toBeGreaterThan(0);
      expect(host.apiVersion).toMatch(/^1\.\d+$/);
    });

    it('runs a container as its spec says and tells its state', async () => {
      const wanted = spec('vm', { published: [8080, 9100] });
      const { id, ...state } = await runtime.runContainer(wanted);
      expect(state).toMatchObject({
        name: wanted.name,
        image: wanted.image,
        labels: wanted.labels,
        phase: 'running',
        exitCode: null,
        outOfMemory: false,
        cpuMillicores: 250,
        memoryMiB: 32,
      });
      expect(Object.keys(state.published)).toEqual(['8080', '9100']);
      expect(new Set(Object.values(state.published)).size).toBe(2);
      await untilHealthy(id);
      expect(await runtime.listContainers({ [LABELS.session]: session })).toHaveLength(1);
    });

    it('lists by all labels, and nothing that lacks one of them', async () => {
      const elsewhere = { ...labels, [LABELS.session]: 'another' };
      expect(await runtime.listContainers(elsewhere)).toEqual([]);
      expect(await runtime.listNetworks(elsewhere)).toEqual([]);
      const [network] = await runtime.listNetworks(labels);
      expect(network).toMatchObject({ name: session, labels });
    });

    it('takes over a container and a network that exist with these labels', async () => {
      const first = await runtime.runContainer(spec('adopted'));
      expect((await runtime.runContainer(spec('adopted'))).id).toBe(first.id);
      const network = await runtime.createNetwork({ name: session, labels });
      expect((await runtime.listNetworks(labels)).map(({ id }) => id)).toEqual([network.id]);
    });

    it('starts a container that it takes over and that has ended', async () => {
      const wanted = spec('ended', { arguments: ['fail', '3', 'no such table'] });
      const { id } = await runtime.runContainer(wanted);
      await expect.poll(async () => (await stateOf(id)).phase, PATIENCE).toBe('exited');
      const again = await runtime.runContainer(wanted);
      expect(again.id).toBe(id);
      await expect
        .poll(async () => (await runtime.logs(id, 10)).length, PATIENCE)
        .toBeGreaterThan(1);
    });

    it('refuses a name that somebody else has', async () => {
      await runtime.runContainer(spec('taken'));
      const other = spec('taken', { labels: { ...labels, [LABELS.node]: 'another' } });
      await expect(runtime.runContainer(other)).rejects.toMatchObject({ code: 'conflict' });
    });

    it('says when the image or the network is missing, and leaves nothing half-made', async () => {
      const noImage = spec('no-image', { image: 'project-devops/absent:0' });
      await expect(runtime.runContainer(noImage)).rejects.toMatchObject({ code: 'image-missing' });
      const noNetwork = spec('no-network', { network: `${session}-absent` });
      await expect(runtime.runContainer(noNetwork)).rejects.toMatchObject({ code: 'not-found' });
      const left = await runtime.listContainers({ ...labels, [LABELS.node]: 'no-network' });
      expect(left).toEqual([]);
    });

    it('tells a container that ended by itself, with its exit code and last lines', async () => {
      const wanted = spec('failing', { arguments: ['fail', '3', 'no such table'] });
      const { id } = await runtime.runContainer(wanted);
      await expect.poll(async () => (await stateOf(id)).exitCode, PATIENCE).toBe(3);
      expect((await stateOf(id)).phase).toBe('exited');
      expect(await runtime.logs(id, 1)).toEqual(['no such table']);
      await expect(runtime.exec(id, ['echo'], { timeoutMs: 5_000 })).rejects.toMatchObject({
        code: 'not-running',
      });
    });

    it('runs programs inside, with an environment of their own, and answers output and exit code', async () => {
      const { id } = await runtime.runContainer(spec('exec'));
      const exec = (command: string[], environment = {}) =>
        runtime.exec(id, command, { environment, timeoutMs: 5_000 });
      expect(await exec(['echo', 'grüße\nworld'])).toEqual({
        exitCode: 0,
        output: 'grüße\nworld\n',
      });
      expect(await exec(['printenv', 'GREETING'])).toMatchObject({ output: 'good = morning\n' });
      expect(await exec(['printenv', 'NEW'], { NEW: 'a\nb' })).toMatchObject({ output: 'a\nb\n' });
      expect(await exec(['false'])).toEqual({ exitCode: 1, output: '' });
      const { output } = await exec(['echo', '0123456789'.repeat(2_000)]);
      expect(output.length).toBe(OUTPUT_BYTES);
      expect(output.endsWith('6789\n')).toBe(true);
    });

    it('hands over long configurations', async () => {
      const LONG = 'key = value & more?\n'.repeat(5_000);
      const { id } = await runtime.runContainer(spec('long', { environment: { LONG } }));
      const kept = `${LONG}\n`.slice(-OUTPUT_BYTES);
      const print = (name: string, environment: Record<string, string>) =>
        runtime.exec(id, ['printenv', name], { environment, timeoutMs: 5_000 });
      expect(await print('LONG', {})).toEqual({ exitCode: 0, output: kept });
      expect(await print('AGAIN', { AGAIN: LONG })).toEqual({ exitCode: 0, output: kept });
    });

    it('changes limits of a running container, up and down', async () => {
      const { id } = await runtime.runContainer(spec('limits'));
      for (const limits of [
        { cpuMillicores: 500, memoryMiB: 64 },
        { cpuMillicores: 100, memoryMiB: 16 },
      ]) {
        await runtime.updateLimits(id, limits);
        expect(await stateOf(id)).toMatchObject({ ...limits, phase: 'running' });
      }
      const tooLittle = { cpuMillicores: 100, memoryMiB: 1 };
      await expect(runtime.updateLimits(id, tooLittle)).rejects.toMatchObject({ code: 'refused' });
    });

    it('restarts a container', async () => {
      const { id } = await runtime.runContainer(spec('restarted'));
      await untilHealthy(id);
      await runtime.restartContainer(id);
      expect(await stateOf(id)).toMatchObject({ phase: 'running', exitCode: null });
      await untilHealthy(id);
    });

    it('removes containers and networks, and takes what is gone as removed', async () => {
      const { id } = await runtime.runContainer(spec('stubborn', { arguments: ['stubborn'] }));
      await Promise.all([runtime.removeContainer(id, 1), runtime.removeContainer(id, 0)]);
      expect(await runtime.inspectContainer(id)).toBeNull();
      await runtime.removeContainer(id, 1);
      const network = await runtime.createNetwork({ name: `${session}-2`, labels });
      await runtime.removeNetwork(network.id);
      await runtime.removeNetwork(network.id);
    });

    it('does not remove a network with containers on it', async () => {
      const [network] = await runtime.listNetworks(labels);
      await runtime.runContainer(spec('on-network'));
      await expect(runtime.removeNetwork(network?.id ?? '')).rejects.toMatchObject({
        code: 'conflict',
      });
    });

    it('rejects calls about a container that is not there', async () => {
      const id = '0'.repeat(64);
      expect(await runtime.inspectContainer(id)).toBeNull();
      const calls: (() => Promise<unknown>)[] = [
        () => runtime.exec(id, ['echo'], { timeoutMs: 5_000 }),
        () => runtime.logs(id, 5),
        () => runtime.updateLimits(id, { cpuMillicores: 100, memoryMiB: 32 }),
        () => runtime.restartContainer(id),
      ];
      for (const call of calls) {
        const error = await call().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(RuntimeError);
        expect(error).toMatchObject({ code: 'not-found' });
      }
    });

    it('tells what happens to the containers with these labels, in order, until it is disposed of', async () => {
      const events: RuntimeEvent[] = [];
      const node = { ...labels, [LABELS.node]: 'watched' };
      const watch = runtime.watch(node, (event) => events.push(event));
      await runtime.runContainer(spec('unwatched'));
      const { id } = await runtime.runContainer(spec('watched'));
      const seen = () => events.map(({ type }) => type);
      await expect.poll(seen, PATIENCE).toEqual(['started', 'healthy']);
      await runtime.exec(id, ['become-sick'], { timeoutMs: 5_000 });
      await expect.poll(seen, PATIENCE).toEqual(['started', 'healthy', 'unhealthy']);
      await runtime.removeContainer(id, 0);
      const whole = ['started', 'healthy', 'unhealthy', 'ended', 'removed'];
      await expect.poll(seen, PATIENCE).toEqual(whole);
      expect(new Set(events.map((event) => ('id' in event ? event.id : '')))).toEqual(
        new Set([id]),
      );
      await watch[Symbol.asyncDispose]();
      await runtime.runContainer(spec('watched'));
      expect(seen()).toEqual(whole);
    });
  });
}
