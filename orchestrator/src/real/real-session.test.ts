import { describe, expect, it } from 'vitest';
import { opened, running } from '../testing/real-page.ts';

const cache = {
  kind: 'cache',
  id: 'cache',
  size: 'S',
  eviction: 'lru',
  position: { x: 0, y: 0 },
} as const;

describe('a real-mode session', () => {
  it('goes on with a run in operation from its next full second, at the speed of the wall clock', async () => {
    const { clock, page } = await opened();
    await clock.run(5_000);
    const [first] = page.frames();
    expect(first?.snapshot.timeMs).toBe(3_000);
    expect(page.frames().at(-1)?.snapshot.timeMs).toBeGreaterThan(7_000);
    expect(page.frames().at(-1)?.speed).toBe(1);
  });

  it('offers the containers the very load that the engine takes', async () => {
    const { clock, page, sandbox } = await opened();
    await clock.run(6_000);
    const [plan] = sandbox().plans;
    const predicted = page
      .frames()
      .flatMap(({ rows }) => rows)
      .filter((row) => row.node === '*' && row.source === 'predicted' && row.startMs >= 3_000);
    expect(predicted.length).toBeGreaterThan(3);
    predicted.forEach((row, second) => {
      const rate = plan?.steps[second]?.ratePerSecond ?? 0;
      expect(Math.abs(row.offered - rate)).toBeLessThanOrEqual(1);
    });
  });

  it('waits in the setup phase, and begins when the player does', async () => {
    const { clock, page, send, sandbox } = await opened({ endMs: 0 });
    await clock.run(3_000);
    expect(sandbox().offering).toBe(false);
    send({ type: 'start-operation' });
    await clock.run(2_000);
    expect(sandbox().offering).toBe(true);
    expect(page.frames().at(-1)?.snapshot).toMatchObject({ phase: 'operation' });
    expect(page.frames().at(-1)?.snapshot.timeMs).toBeGreaterThan(1_500);
  });

  it('brings measured rows beside the predicted ones, and a scorecard', async () => {
    const { clock, page } = await opened();
    await clock.run(15_000);
    const rows = page.frames().flatMap((frame) => frame.rows);
    expect(rows.filter((row) => row.source === 'measured').length).toBeGreaterThan(8);
    const state = running(page.state);
    expect(state.scorecard?.validWindows).toBeGreaterThan(8);
    expect(state.containers.find(({ node }) => node === 'web-1')?.cpuUsed).toBe(0.1);
    expect(state.measuredAgeMs).toBeLessThan(2_000);
  });

  it('stops the load of both sides while it is paused', async () => {
    const { clock, desk, page, sandbox } = await opened();
    await clock.run(3_000);
    desk.receive(page, { type: 'set-speed', speed: 0 });
    await clock.run(1_000);
    const at = page.frames().at(-1)?.snapshot.timeMs;
    expect(sandbox().offering).toBe(false);
    await clock.run(10_000);
    expect(page.frames().at(-1)?.snapshot.timeMs).toBe(at);
    desk.receive(page, { type: 'set-speed', speed: 1 });
    await clock.run(4_000);
    expect(sandbox().offering).toBe(true);
    expect(page.frames().at(-1)?.snapshot.timeMs).toBeGreaterThan((at ?? 0) + 2_000);
  });

  it('does not play the time that the machine slept', async () => {
    const { clock, page, sandbox } = await opened();
    await clock.run(3_000);
    const before = page.frames().at(-1)?.snapshot.timeMs ?? 0;
    clock.skip(3_600_000);
    await clock.run(5_000);
    expect((page.frames().at(-1)?.snapshot.timeMs ?? 0) - before).toBeLessThan(6_000);
    expect(sandbox().plans.length).toBe(2);
  });

  it('answers a command and brings an edit to the containers', async () => {
    const { clock, page, send, sandbox } = await opened();
    send({ type: 'place-node', node: cache });
    expect(page.of('answer')).toEqual([
      { type: 'answer', id: 7, result: { ok: true, undo: expect.anything() } },
    ]);
    expect(running(page.state).applying).toBe(true);
    await clock.run(1_000);
    expect(
      sandbox()
        .topologies.at(-1)
        ?.nodes.map(({ id }) => id),
    ).toContain('cache');
    expect(running(page.state).applying).toBe(false);
    send({ type: 'restart-node', id: 'web-1' });
    await clock.run(100);
    expect(sandbox().restarts).toEqual(['web-1']);
  });

  it('takes commands while the containers start', async () => {
    const { promise: gate, resolve: go } = Promise.withResolvers<void>();
    const { clock, page, send, sandbox } = await opened({
      endMs: 0,
      ports: {
        async ensureImages() {
          await gate;
          return {} as never;
        },
      },
    });
    send({ type: 'place-node', node: cache });
    send({ type: 'start-operation' });
    expect(page.of('answer').map(({ result }) => result.ok)).toEqual([true, true]);
    go();
    await clock.run(4_000);
    expect(
      sandbox()
        .topologies.at(-1)
        ?.nodes.map(({ id }) => id),
    ).toContain('cache');
    expect(sandbox().offering).toBe(true);
  });

  it('lets the next generation take over when the entry moves', async () => {
    const { clock, send, sandbox } = await opened({ endMs: 0 });
    const lb = {
      kind: 'load-balancer',
      id: 'lb',
      size: 'S',
      policy: 'round-robin',
      position: { x: 1, y: 1 },
    } as const;
    send({ type: 'start-operation' });
    await clock.run(3_000);
    send({ type: 'place-node', node: lb });
    send({ type: 'disconnect', from: 'clients', to: 'web-1' });
    send({ type: 'connect', from: 'clients', to: 'lb' });
    send({ type: 'connect', from: 'lb', to: 'web-1' });
    await clock.run(8_000);
    expect(sandbox().plans.map((plan) => plan.target)).toEqual(['web-1', 'lb']);
  });

  it('is judged by what was measured when reality is the judge', async () => {
    const { clock, page } = await opened({ judge: 'reality' });
    await clock.run(10_000);
    const totals = page.frames().at(-1)?.snapshot.totals;
    expect(totals?.meanLatencyMs).not.toBeNull();
    const served = page
      .frames()
      .flatMap(({ rows }) => rows)
      .filter((row) => row.source === 'measured');
    expect(served.length).toBeGreaterThan(5);
  });
});
