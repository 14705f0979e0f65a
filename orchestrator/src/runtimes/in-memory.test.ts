import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { RuntimeError, type RuntimeEvent } from './container-runtime.ts';
import { createInMemoryRuntime } from './in-memory.ts';
import type { SimulatedImage } from './in-memory-container.ts';
import { describeRuntime } from './runtime-contract.ts';

const CONTRACT_IMAGE: SimulatedImage = {
  healthyAfterMs: 20,
  start(program) {
    const [verb, code, line] = program.spec.arguments;
    program.print(verb === 'fail' ? (line ?? '') : 'ready');
    if (verb === 'fail') program.end(Number(code));
  },
  exec(program, [name, argument = ''], environment) {
    if (name === 'become-sick') program.setHealth('unhealthy');
    if (name === 'false') return { exitCode: 1, output: '' };
    if (name === 'echo') return { exitCode: 0, output: `${argument}\n` };
    const value = { ...program.spec.environment, ...environment }[argument];
    return { exitCode: 0, output: name === 'printenv' ? `${value}\n` : '' };
  },
};

describeRuntime('in memory', async () => {
  const runtime = createInMemoryRuntime({
    image: (tag) => (tag === 'contract' ? CONTRACT_IMAGE : null),
  });
  return { runtime, image: 'contract', [Symbol.asyncDispose]: async () => undefined };
});

const SPEC = {
  name: 'vm',
  image: 'any',
  labels: { node: 'vm' },
  environment: {},
  arguments: [],
  pidsLimit: 50,
  scratch: [],
  network: 'net',
  aliases: [],
  published: [],
  cpuMillicores: 100,
  memoryMiB: 32,
};

async function withNetwork() {
  const runtime = createInMemoryRuntime();
  await runtime.createNetwork({ name: 'net', labels: {} });
  return runtime;
}

describe('the faults of the engine in memory', () => {
  it('refuses a call, or does it and loses the answer, as often as ordered', async () => {
    const runtime = await withNetwork();
    runtime.faults.refuse('runContainer', new RuntimeError('no-space', 'full'), 2);
    runtime.faults.loseAnswer('runContainer');
    for (const code of ['no-space', 'no-space', 'broken-answer']) {
      await expect(runtime.runContainer(SPEC)).rejects.toMatchObject({ code });
    }
    const [made] = await runtime.listContainers({});
    expect((await runtime.runContainer(SPEC)).id).toBe(made?.id);
  });

  it('is away for all calls, loses the events of that time and tells both ends of it', async () => {
    const runtime = await withNetwork();
    const events: RuntimeEvent[] = [];
    runtime.watch({}, (event) => events.push(event));
    await runtime.runContainer(SPEC);
    runtime.setAway(true);
    runtime.container('vm').exhaustMemory();
    await expect(runtime.listContainers({})).rejects.toMatchObject({ code: 'unreachable' });
    runtime.setAway(false);
    expect(events.map(({ type }) => type)).toEqual(['started', 'lost', 'regained']);
    const [state] = await runtime.listContainers({});
    expect(state).toMatchObject({ phase: 'exited', exitCode: 137, outOfMemory: true });
  });

  it('lets containers end, pause and vanish behind everybody', async () => {
    const runtime = await withNetwork();
    const { id } = await runtime.runContainer(SPEC);
    runtime.container('vm').setPaused(true);
    await expect(runtime.exec(id, ['ls'], { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'not-running',
    });
    runtime.container('vm').end(7);
    expect(await runtime.inspectContainer(id)).toMatchObject({ phase: 'exited', exitCode: 7 });
    runtime.vanish('vm');
    expect(await runtime.inspectContainer(id)).toBeNull();
  });

  it('moves health with its clock, and delays calls by it', async () => {
    const clock = createFakeClock();
    const runtime = createInMemoryRuntime({ clock });
    await runtime.createNetwork({ name: 'net', labels: {} });
    const { id } = await runtime.runContainer(SPEC);
    await clock.run(199);
    expect(await runtime.inspectContainer(id)).toMatchObject({ health: 'starting' });
    await clock.run(1);
    expect(await runtime.inspectContainer(id)).toMatchObject({ health: 'healthy' });
    runtime.faults.delay('exec', 5_000);
    const late = runtime.exec(id, ['ls'], { timeoutMs: 1_000 });
    const outcome = expect(late).rejects.toMatchObject({ code: 'timed-out' });
    await clock.run(1_000);
    await outcome;
  });

  it('keeps a journal of what was asked for', async () => {
    const runtime = await withNetwork();
    const { id } = await runtime.runContainer(SPEC);
    await runtime.exec(id, ['configure'], { environment: { CONFIGURATION: 'x' }, timeoutMs: 100 });
    expect(runtime.journal).toEqual([
      { call: 'createNetwork', subject: 'net' },
      { call: 'runContainer', subject: 'vm' },
      {
        call: 'exec',
        subject: 'vm',
        command: ['configure'],
        environment: { CONFIGURATION: 'x' },
      },
    ]);
  });
});
