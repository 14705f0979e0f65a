import type { Run } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { SIMULATION } from './game-simulation.ts';
import { createSampleWorker, firstStage } from './sample-worker.ts';

const scenario = firstStage();
const begin = async () => {
  const worker = createSampleWorker();
  await worker.ask('start', { scenario, seed: 7 });
  await worker.ask('dispatch', { type: 'start-operation' });
  return worker;
};

describe('a run that is played', () => {
  it('answers the start before its first frame, which begins anew', async () => {
    const worker = createSampleWorker();
    await worker.ask('start', { scenario, seed: 7 });
    expect(worker.posted.map((message) => message.type)).toEqual(['answer', 'frame']);
    expect(worker.frames()[0]).toMatchObject({ restarted: true, speed: 0, result: null });
  });

  it('stands still in the setup phase whatever the speed', async () => {
    const worker = createSampleWorker();
    await worker.ask('start', { scenario, seed: 7 });
    await worker.ask('set-speed', 4);
    worker.clock.run(5_000);
    expect(worker.frames().at(-1)?.snapshot).toMatchObject({ timeMs: 0, phase: 'setup' });
    expect(worker.clock.waiting).toBe(0);
  });

  it('begins to run when operation starts, at the speed of the wall clock', async () => {
    const worker = await begin();
    worker.clock.run(2_000);
    const at = worker.frames().at(-1)?.snapshot.timeMs ?? 0;
    expect(at).toBeGreaterThan(1_880);
    expect(at).toBeLessThanOrEqual(2_000);
  });

  it('runs four times as fast at speed 4', async () => {
    const worker = await begin();
    await worker.ask('set-speed', 4);
    worker.clock.run(2_000);
    expect(worker.frames().at(-1)?.snapshot.timeMs).toBeGreaterThan(7_500);
  });

  it('posts at most ten frames a second, and one at once after an action', async () => {
    const worker = await begin();
    const before = worker.frames().length;
    worker.clock.run(3_000);
    expect(worker.frames().length - before).toBeLessThanOrEqual(30);
    const known = worker.frames().length;
    const node = scenario.topology.nodes[0];
    await worker.ask('dispatch', {
      type: 'move-node',
      id: node?.id ?? '',
      position: { x: 11, y: 12 },
    });
    expect(worker.frames().length).toBe(known + 1);
  });

  it('stops all timers while it is paused', async () => {
    const worker = await begin();
    worker.clock.run(500);
    await worker.ask('set-speed', 0);
    const at = worker.frames().at(-1)?.snapshot.timeMs;
    worker.clock.run(5_000);
    expect(worker.frames().at(-1)?.snapshot.timeMs).toBe(at);
    expect(worker.clock.waiting).toBe(0);
  });

  it('does not jump when the machine slept', async () => {
    const worker = await begin();
    worker.clock.run(1_000);
    const before = worker.frames().at(-1)?.snapshot.timeMs ?? 0;
    worker.clock.skip(60_000);
    worker.clock.run(100);
    const after = worker.frames().at(-1)?.snapshot.timeMs ?? 0;
    expect(after - before).toBeLessThan(600);
  });

  it('hands every event and row over exactly once', async () => {
    const worker = await begin();
    worker.clock.run(4_000);
    const sequence = worker.frames().flatMap((frame) => frame.events.map((event) => event.seq));
    expect(new Set(sequence).size).toBe(sequence.length);
    const ends = worker
      .frames()
      .flatMap((frame) => frame.rows.filter((row) => row.node === '*').map((row) => row.endMs));
    expect(ends).toEqual([1_000, 2_000, 3_000]);
  });

  it('ends with a verdict and speed 0', async () => {
    const worker = await begin();
    await worker.ask('set-speed', 4);
    worker.clock.run(scenario.durationSeconds * 1_000);
    expect(worker.frames().at(-1)).toMatchObject({ speed: 0 });
    expect(worker.frames().at(-1)?.result).not.toBeNull();
  });

  it('reports an engine that throws instead of losing it', async () => {
    const worker = createSampleWorker({
      ...SIMULATION,
      createEngine(options) {
        const engine = SIMULATION.createEngine(options);
        const advanceTo = engine.advanceTo.bind(engine);
        return Object.assign(engine, {
          advanceTo(timeMs: number) {
            if (timeMs > 1_000) throw new Error('a bug');
            advanceTo(timeMs);
          },
        });
      },
    });
    await worker.ask('start', { scenario, seed: 7 });
    await worker.ask('dispatch', { type: 'start-operation' });
    worker.clock.run(3_000);
    expect(worker.posted).toContainEqual({ type: 'failure', message: 'a bug' });
  });
});

async function playedRun(): Promise<Run> {
  const worker = await begin();
  await worker.ask('set-speed', 4);
  worker.clock.run(5_000);
  await worker.ask('set-speed', 0);
  return worker.ask('run', null);
}

describe('a saved run', () => {
  it('goes on in the same state, with its whole history', async () => {
    const run = await playedRun();
    const worker = createSampleWorker();
    const info = await worker.ask('start', { run, mode: 'continue' });
    expect(info).toMatchObject({ readOnly: null, endMs: null });
    const frame = worker.frames()[0];
    expect(frame?.snapshot).toMatchObject({ timeMs: run.endMs, stateHash: run.stateHash });
    expect(frame?.rows.filter((row) => row.node === '*').length).toBe(
      Math.floor(run.endMs / 1_000),
    );
    expect(await worker.ask('run', null)).toEqual(run);
  });

  it('is watched from the beginning, refuses commands and stops at its end', async () => {
    const run = await playedRun();
    const worker = createSampleWorker();
    const info = await worker.ask('start', { run, mode: 'watch' });
    expect(info).toMatchObject({ readOnly: 'watching', endMs: run.endMs });
    expect(await worker.ask('dispatch', { type: 'start-operation' })).toMatchObject({ ok: false });
    await worker.ask('set-speed', 4);
    worker.clock.run(run.endMs);
    expect(worker.frames().at(-1)).toMatchObject({
      speed: 0,
      snapshot: { timeMs: run.endMs, stateHash: run.stateHash },
    });
  });

  it('is sought forwards and backwards to the same state', async () => {
    const run = await playedRun();
    const worker = createSampleWorker();
    await worker.ask('start', { run, mode: 'watch' });
    await worker.ask('seek', 6_000);
    const first = worker.frames().at(-1);
    await worker.ask('seek', run.endMs);
    await worker.ask('seek', 6_000);
    const second = worker.frames().at(-1);
    expect(second?.restarted).toBe(true);
    expect(second?.snapshot).toEqual(first?.snapshot);
    expect(second?.rows.filter((row) => row.node === '*').length).toBe(6);
  });

  it('of other rules opens read-only with the reason', async () => {
    const run = await playedRun();
    const worker = createSampleWorker();
    const other = { ...run, ruleset: '1-0000000000000000' };
    const info = await worker.ask('start', { run: other, mode: 'continue' });
    expect(info.readOnly).toBe('other-ruleset');
  });

  it('whose log does not fit is refused', async () => {
    const run = await playedRun();
    const broken = {
      ...run,
      commands: [...run.commands, { atMs: 900, command: { type: 'remove-node', id: 'nothing' } }],
    } as Run;
    const worker = createSampleWorker();
    await expect(worker.ask('start', { run: broken, mode: 'continue' })).rejects.toThrow('fit');
  });

  it('that is malformed is refused with the place', async () => {
    const run = { ...(await playedRun()), seed: -1 };
    const worker = createSampleWorker();
    await expect(worker.ask('start', { run, mode: 'watch' })).rejects.toThrow('/seed');
  });

  it('is played without one of its actions', async () => {
    const run = await playedRun();
    const worker = createSampleWorker();
    const index = run.commands.findIndex(({ command }) => command.type === 'start-operation');
    const answer = await worker.ask('without', { run, commandIndex: index });
    expect(answer).toMatchObject({ commandIndex: index, result: null });
  });
});
