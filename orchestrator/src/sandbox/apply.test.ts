import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import type { InMemoryRuntime } from '../runtimes/in-memory.ts';
import type { SimulatedImage } from '../runtimes/in-memory-container.ts';
import { plan } from './plan.ts';
import { samplePlan, sampleTopology } from './testing/sample-plan.ts';
import { sampleSession } from './testing/sample-session.ts';

const desired = (servers: number) => plan(samplePlan({ topology: sampleTopology(servers) }));
const nameOf = (node: string) => `project-devops-sample-${node}`;
const calls = (runtime: InMemoryRuntime, call: string) =>
  runtime.journal.filter((entry) => entry.call === call).map(({ subject }) => subject);

/** The service, but its servers do something else than to get healthy. */
const broken = (start: SimulatedImage['start']): Record<string, SimulatedImage> => ({
  service: {
    healthyAfterMs: 200,
    start: (program) => {
      if (program.spec.arguments[0] === 'service') start?.(program);
    },
  },
});

describe('apply', () => {
  it('brings a session up', async () => {
    const { bring, left, last } = sampleSession();
    expect(await bring(desired(2))).toBeNull();
    expect(await left(desired(2))).toEqual([]);
    expect(new Set([...last().values()].map(({ status }) => status))).toEqual(new Set(['healthy']));
  });

  it('gives a container more CPU time until it is healthy, and shows its own limit all the while', async () => {
    const { start, clock, runtime, last } = sampleSession({ service: { healthyAfterMs: 5_000 } });
    const end = start(desired(1));
    await clock.run(1_000);
    const cpu = () => runtime.container(nameOf('web-1')).state.cpuMillicores;
    expect([cpu(), last().get('web-1')?.cpuMillicores]).toEqual([1_000, 250]);
    await clock.run(10_000);
    expect(await end).toBeNull();
    expect([cpu(), last().get('web-1')?.cpuMillicores]).toEqual([250, 250]);
  });

  it('tells how each container comes along', async () => {
    const { bring, seen } = sampleSession();
    await bring(desired(1));
    const path = seen.map((views) => views.find(({ node }) => node === 'web-1')?.status);
    expect([...new Set(path.filter((status) => status !== undefined))]).toEqual([
      'creating',
      'starting',
      'healthy',
    ]);
  });

  it('adds a server and touches no other', async () => {
    const { bring, runtime } = sampleSession();
    await bring(desired(1));
    runtime.journal.length = 0;
    expect(await bring(desired(2))).toBeNull();
    expect(calls(runtime, 'runContainer')).toEqual([nameOf('web-2')]);
    expect(calls(runtime, 'exec')).toEqual([nameOf('balancer'), nameOf('_prometheus')]);
    expect(calls(runtime, 'removeContainer')).toEqual([]);
  });

  it('lets a server end what it has after the balancer was told', async () => {
    const { bring, start, runtime, clock, last } = sampleSession();
    await bring(desired(2));
    runtime.journal.length = 0;
    const end = start(desired(1));
    await clock.run(500);
    expect(last().get('web-2')?.status).toBe('removing');
    expect(calls(runtime, 'exec')).toContain(nameOf('balancer'));
    expect(calls(runtime, 'removeContainer')).toEqual([]);
    await clock.run(1_000);
    expect(await end).toBeNull();
    expect(calls(runtime, 'removeContainer')).toEqual([nameOf('web-2')]);
    expect(last().has('web-2')).toBe(false);
  });

  it('leaves the load generators and other sessions alone', async () => {
    const { bring, runtime, clock } = sampleSession();
    await bring(desired(1));
    const [container] = desired(1).containers;
    if (container === undefined) throw new Error('nothing planned');
    const { spec } = container;
    const others = {
      k6: { 'dev.project-devops.node': '_k6-1' },
      b: { 'dev.project-devops.session': 'b' },
    };
    for (const [name, labels] of Object.entries(others)) {
      await runtime.runContainer({ ...spec, name, labels: { ...spec.labels, ...labels } });
    }
    await clock.run(1_000);
    expect(await bring(desired(0))).toBeNull();
    expect(runtime.container('k6').running && runtime.container('b').running).toBe(true);
  });
});

describe('a step that fails', () => {
  it('is told with the lines that the container wrote last; the others come up', async () => {
    const images = broken((program) => {
      program.print('cannot read CONFIGURATION');
      program.end(1);
    });
    const { bring, last } = sampleSession(images);
    expect((await bring(desired(1)))?.problem).toEqual({
      code: 'exited',
      message: 'web-1 ended with exit code 1.',
      node: 'web-1',
      remedy: null,
      lastLines: ['cannot read CONFIGURATION'],
    });
    expect(last().get('web-1')).toMatchObject({
      status: 'exited',
      exitCode: 1,
      lastLines: ['cannot read CONFIGURATION'],
    });
    expect(last().get('db')?.status).toBe('healthy');
  });

  it('is gone on from by the next call', async () => {
    const images = broken((program) => program.end(1));
    const { bring, left } = sampleSession(images);
    expect(await bring(desired(1))).not.toBeNull();
    images.service = { healthyAfterMs: 200 };
    expect(await bring(desired(1))).toBeNull();
    expect(await left(desired(1))).toEqual([]);
  });

  it('says that memory was too little', async () => {
    const { start, clock, runtime } = sampleSession({ service: { healthyAfterMs: 5_000 } });
    const end = start(desired(1));
    await clock.run(1_000);
    runtime.container(nameOf('web-1')).exhaustMemory();
    await clock.run(10_000);
    expect((await end)?.problem).toMatchObject({
      code: 'out-of-memory',
      message: 'web-1 needed more than its 128 MiB of memory and was ended.',
      remedy: 'Give the node a larger size.',
    });
  });

  it('says that a container never got healthy', async () => {
    const { bring } = sampleSession({ redis: { healthyAfterMs: 600_000 } });
    expect((await bring(desired(1)))?.problem).toMatchObject({
      code: 'unhealthy',
      message: 'cache was not healthy within 60 s.',
    });
  });

  it('says that somebody removed a container', async () => {
    const { start, clock, runtime } = sampleSession({ service: { healthyAfterMs: 5_000 } });
    const end = start(desired(1));
    await clock.run(1_000);
    runtime.vanish(nameOf('web-1'));
    await clock.run(10_000);
    expect((await end)?.problem).toMatchObject({ code: 'gone', node: 'web-1' });
  });

  it('names all that failed', async () => {
    const { bring } = sampleSession(broken((program) => program.end(1)));
    expect((await bring(desired(3)))?.message).toBe(
      'web-1 ended with exit code 1. Failed too: web-2, web-3.',
    );
  });

  it('passes on what the engine says', async () => {
    const { bring, runtime } = sampleSession();
    runtime.faults.refuse('runContainer', new RuntimeError('no-memory', 'The machine is full.'));
    expect((await bring(desired(1)))?.problem).toMatchObject({
      code: 'no-memory',
      message: 'The machine is full.',
      node: 'balancer',
    });
  });

  it('makes nothing without a network', async () => {
    const { bring, runtime } = sampleSession();
    runtime.faults.refuse('createNetwork', new RuntimeError('refused', 'No addresses left.'));
    expect((await bring(desired(1)))?.problem).toMatchObject({ code: 'refused', node: null });
    expect(calls(runtime, 'runContainer')).toEqual([]);
  });

  it('keeps a server to which a balancer may still send', async () => {
    let answer = { exitCode: 0, output: '' };
    const { bring, runtime, left } = sampleSession({
      nginx: { healthyAfterMs: 200, exec: () => answer },
    });
    await bring(desired(2));
    answer = { exitCode: 1, output: 'nginx: [emerg] unexpected end\n' };
    expect((await bring(desired(1)))?.problem).toMatchObject({
      code: 'not-configured',
      node: 'balancer',
      lastLines: ['nginx: [emerg] unexpected end'],
    });
    expect(runtime.container(nameOf('web-2')).running).toBe(true);
    expect((await left(desired(1))).flat().map(({ type }) => type)).toEqual([
      'configure',
      'remove',
    ]);
  });

  it('does not lose a container whose making was not answered', async () => {
    const { bring, runtime, left } = sampleSession();
    runtime.faults.loseAnswer('runContainer');
    expect((await bring(desired(1)))?.problem.code).toBe('broken-answer');
    expect(await bring(desired(1))).toBeNull();
    expect(await left(desired(1))).toEqual([]);
  });
});

describe('a change that is cancelled', () => {
  it('ends at once and leaves the rest to the next call', async () => {
    const { start, bring, clock, abort, left, runtime } = sampleSession({
      service: { healthyAfterMs: 5_000 },
    });
    const end = start(desired(1));
    await clock.run(1_000);
    abort.abort();
    await clock.run(0);
    expect((await end)?.problem.code).toBe('cancelled');
    expect(calls(runtime, 'exec')).toEqual([]);
    const rest = (await left(desired(1))).flat().map(({ type }) => type);
    expect(rest).toContain('configure');
    expect((await bring(desired(1)))?.problem.code).toBe('cancelled');
  });
});
