import type { LoadOrder, LoadPlan, RealProblem } from '@project-devops/simulation/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { SandboxError } from '../real/sandbox.ts';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createInMemoryRuntime, type InMemoryRuntime } from '../runtimes/in-memory.ts';
import type { SimulatedImage } from '../runtimes/in-memory-container.ts';
import { networkName, ownerLabels } from '../sandbox/container.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { createK6LoadGenerator } from './k6-load-generator.ts';

const owner = { session: 's1', heartbeat: '/beats/s1.json' };
const plan = (generation: number, ratePerSecond = 20): LoadPlan => ({
  generation,
  target: 'http://balancer:8080',
  classes: { home: { onTimeMs: 500, timeoutMs: 3_000 } },
  mix: [{ atSeconds: 0, shares: { home: 1 } }],
  steps: [{ seconds: 60, ratePerSecond }],
  virtualUsers: 75,
  seed: 1,
});

describe('load by k6', () => {
  let clock: FakeClock;
  let runtime: InMemoryRuntime;
  let k6: SimulatedImage;
  let orders: LoadOrder[];
  let problems: RealProblem[];

  beforeEach(async () => {
    clock = createFakeClock();
    orders = [];
    problems = [];
    k6 = {
      healthyAfterMs: 800,
      exec(_program, command, { ORDER = '' }) {
        expect(command).toEqual(['order']);
        orders.push(JSON.parse(ORDER));
        return { exitCode: 0, output: '' };
      },
    };
    runtime = createInMemoryRuntime({ clock, image: () => k6 });
    await runtime.createNetwork({ name: networkName('s1'), labels: ownerLabels(owner) });
  });

  const generator = () =>
    createK6LoadGenerator({
      ...owner,
      runtime,
      clock,
      image: 'project-devops/k6:1',
      onEnded: (problem) => problems.push(problem),
    });
  const names = async () => (await runtime.listContainers({})).map(({ name }) => name);
  /** What comes of a promise when time passes meanwhile. */
  async function after<T>(promise: Promise<T>, ms = 2_000): Promise<T> {
    promise.catch(() => undefined);
    await clock.run(ms);
    return promise;
  }

  it('starts k6 once, which sends nothing until it is ordered to', async () => {
    const load = generator();
    const first = await after(load.prepare(plan(1)));
    expect(orders).toEqual([]);
    expect(await names()).toEqual(['project-devops-s1-_k6-1']);
    const beginMs = await first.release();
    expect(beginMs).toBe(clock.now() + 500);
    expect(orders).toEqual([{ plan: plan(1), beginMs }]);
    const second = await after(load.prepare(plan(2, 30)));
    await second.release();
    expect(await names()).toEqual(['project-devops-s1-_k6-1']);
    expect(orders.map((order) => order.plan?.generation)).toEqual([1, 2]);
  });

  it('lets a load begin when it is wanted, if there is time to tell k6', async () => {
    const prepared = await after(generator().prepare(plan(1)));
    const now = clock.now();
    expect(await prepared.release(now + 3_000)).toBe(now + 3_000);
    expect(await prepared.release(now + 100)).toBe(now + 500);
  });

  it('orders k6 to offer nothing when it is stopped, and keeps it for the next load', async () => {
    const load = generator();
    await (await after(load.prepare(plan(1)))).release();
    await load.stop();
    expect(orders.at(-1)).toEqual({ plan: null, beginMs: clock.now() });
    expect(await names()).toHaveLength(1);
  });

  it('has nothing to stop when no load was ever wanted, or k6 is gone', async () => {
    const load = generator();
    await load.stop();
    await after(load.prepare(plan(1)));
    runtime.container('project-devops-s1-_k6-1').end(1);
    await load.stop();
    expect(orders).toEqual([]);
  });

  it('says how k6 ended and what it said last, and starts another for the next load', async () => {
    const load = generator();
    await after(load.prepare(plan(1)));
    const container = runtime.container('project-devops-s1-_k6-1');
    container.print('panic: out of luck');
    container.end(2);
    await clock.run(1_000);
    expect(problems).toMatchObject([
      { node: 'k6', message: 'k6 ended with code 2.', lastLines: ['panic: out of luck'] },
    ]);
    const again = await after(load.prepare(plan(2)));
    await again.release();
    expect(await names()).toEqual(['project-devops-s1-_k6-2']);
    expect(orders.at(-1)?.plan?.generation).toBe(2);
  });

  it('notices on regaining the engine that k6 ended meanwhile', async () => {
    await after(generator().prepare(plan(1)));
    runtime.setAway(true);
    runtime.container('project-devops-s1-_k6-1').end(137);
    await clock.run(1_000);
    expect(problems).toEqual([]);
    runtime.setAway(false);
    await clock.run(1_000);
    expect(problems).toMatchObject([{ message: 'k6 ended with code 137.' }]);
  });

  it('rejects with the last lines when k6 ends before it is ready, and leaves nothing', async () => {
    k6 = {
      healthyAfterMs: 800,
      start(program) {
        program.print('unknown flag: --address');
        program.end(255);
      },
    };
    const failed = after(generator().prepare(plan(1)));
    await expect(failed).rejects.toThrow('k6 ended with code 255 before it was ready.');
    await expect(failed).rejects.toBeInstanceOf(SandboxError);
    await expect(failed).rejects.toMatchObject({
      problem: { lastLines: ['unknown flag: --address'] },
    });
    expect(await names()).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('gives up on a k6 that never gets ready', async () => {
    k6 = { healthyAfterMs: 1e9 };
    const failed = after(generator().prepare(plan(1)), 40_000);
    await expect(failed).rejects.toThrow('not ready within 30 s');
    expect(await names()).toEqual([]);
  });

  it('says what k6 answered when it does not take an order', async () => {
    k6 = { ...k6, exec: () => ({ exitCode: 1, output: 'connection refused\n' }) };
    const prepared = await after(generator().prepare(plan(1)));
    await expect(prepared.release()).rejects.toMatchObject({
      problem: { message: 'k6 did not take its orders.', lastLines: ['connection refused'] },
    });
  });

  it('refuses a plan that k6 cannot be given before anything is started', async () => {
    await expect(generator().prepare({ ...plan(1), steps: [] })).rejects.toThrow('steps');
    expect(await names()).toEqual([]);
  });

  it('passes on that the engine does not answer, and goes on when it does again', async () => {
    const load = generator();
    runtime.faults.refuse('runContainer', new RuntimeError('no-memory', 'no memory left'));
    await expect(after(load.prepare(plan(1)))).rejects.toThrow('no memory left');
    await after(load.prepare(plan(2)));
    expect(await names()).toEqual(['project-devops-s1-_k6-2']);
  });

  it('removes the k6 of an orchestrator that died, which would still be sending', async () => {
    const dead = generator();
    await (await after(dead.prepare(plan(7)))).release();
    const heir = generator();
    await after(heir.prepare(plan(1)));
    expect(await names()).toEqual(['project-devops-s1-_k6-1']);
  });

  it('leaves nothing when it is disposed of, and says nothing of it', async () => {
    const load = generator();
    await after(load.prepare(plan(1)));
    await load[Symbol.asyncDispose]();
    await clock.run(1_000);
    expect(await names()).toEqual([]);
    expect(problems).toEqual([]);
  });
});
