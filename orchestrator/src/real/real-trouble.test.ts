import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFakeRealMode } from '../testing/fake-real-mode.ts';
import { createPage, opened, running, runUntil, scenario } from '../testing/real-page.ts';

describe('a real-mode session in trouble', () => {
  it('marks seconds that k6 could not offer, and compares none of them', async () => {
    const { clock, page, sandbox } = await opened();
    sandbox().dropped = 5;
    await clock.run(6_000);
    const state = running(page.state);
    expect(state.load?.valid).toBe(false);
    expect(state.load?.dropped).toBeGreaterThanOrEqual(15);
    expect(state.scorecard?.validWindows).toBe(0);
  });

  it('goes on and says so while Prometheus is away', async () => {
    const { clock, page, sandbox } = await opened();
    await clock.run(3_000);
    sandbox().telemetryState = 'down';
    await clock.run(5_000);
    const state = running(page.state);
    expect(state.troubles.map(({ message }) => message)).toContain('Prometheus does not answer.');
    expect(state.measuredAgeMs).toBeGreaterThan(4_000);
    sandbox().telemetryState = 'measured';
    await clock.run(2_000);
    expect(running(page.state).troubles).toEqual([]);
  });

  it('starts the load again when k6 dies', async () => {
    const { clock, page, sandbox } = await opened();
    await clock.run(3_000);
    const problem = {
      code: 'load-ended',
      message: 'k6 was killed',
      node: '_k6-1',
      remedy: null,
      lastLines: [],
    };
    sandbox().news.loadEnded(problem);
    await clock.run(4_000);
    expect(sandbox().plans.length).toBe(2);
    expect(sandbox().offering).toBe(true);
    expect(running(page.state).troubles).toEqual([]);
  });

  it('pauses when the load cannot be started', async () => {
    const { clock, desk, page, sandbox } = await opened();
    await clock.run(2_000);
    desk.receive(page, { type: 'set-speed', speed: 0 });
    await clock.run(1_000);
    sandbox().refuseLoad = true;
    desk.receive(page, { type: 'set-speed', speed: 1 });
    await clock.run(10_000);
    expect(page.frames().at(-1)?.speed).toBe(0);
    expect(running(page.state).troubles.map(({ message }) => message)).toContain(
      'k6 refused the plan',
    );
  });

  it('removes everything when it is left, once, and gives the run back before', async () => {
    const { clock, desk, page, sandbox } = await opened();
    await clock.run(3_000);
    desk.receive(page, { type: 'run', id: 9 });
    const run = page.of('run')[0]?.run;
    expect(run).toMatchObject({ scenario: { id: scenario.id }, seed: 3 });
    expect(run?.endMs).toBeGreaterThan(4_000);
    desk.receive(page, { type: 'leave' });
    desk.receive(page, { type: 'leave' });
    await clock.run(2_000);
    expect(sandbox().disposed).toBe(true);
    expect(sandbox().offering).toBe(false);
    expect(page.state).toEqual({ phase: 'off' });
    expect(desk.session).toBeNull();
  });

  it('can be left while it starts', async () => {
    let signalled: AbortSignal | undefined;
    const { clock, desk, page } = await opened({
      ports: {
        ensureImages: (_onProgress, signal) => {
          signalled = signal;
          return new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
        },
      },
    });
    desk.receive(page, { type: 'leave' });
    await clock.run(100);
    expect(signalled?.aborted).toBe(true);
    expect(page.state).toEqual({ phase: 'off' });
  });

  it('says what the machine lacks instead of starting', async () => {
    const remedy = { text: 'Start Docker.', command: 'sudo systemctl start docker' };
    const check = { id: 'docker', status: 'missing', found: 'No engine answers.', remedy } as const;
    const { page } = await opened({
      ports: { examine: async () => ({ ready: false, checks: [check] }) },
    });
    expect(page.state).toMatchObject({
      phase: 'failed',
      problem: { code: 'docker', message: 'No engine answers.', remedy: remedy.command },
      doctor: { ready: false },
    });
  });

  it('tells why the containers could not be started, and can be opened again', async () => {
    let failing = true;
    const clock = createFakeClock();
    const { desk } = createFakeRealMode(clock, {
      outlook: async () => {
        if (failing) throw new RuntimeError('no-space', 'The disk is full.');
        throw new Error('other');
      },
    });
    const page = createPage();
    const open = { type: 'open', run: runUntil(0), judge: 'prediction', scale: 1 } as const;
    desk.receive(page, open);
    await clock.run(100);
    expect(page.state).toMatchObject({
      phase: 'failed',
      problem: { code: 'no-space', message: 'The disk is full.' },
    });
    failing = false;
    desk.receive(page, open);
    await clock.run(100);
    expect(page.state).toMatchObject({ phase: 'failed', problem: { message: 'other' } });
  });
});
