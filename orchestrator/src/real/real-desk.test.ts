import { createEngine, RULESET, SCENARIOS } from '@project-devops/simulation';
import type {
  Command,
  Frame,
  Judge,
  RealMessage,
  RealState,
  Run,
  Scenario,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFakeRealMode } from '../testing/fake-real-mode.ts';
import type { RealSessionPorts } from './real-session.ts';

const scenario = SCENARIOS[0] as Scenario;

function runUntil(endMs: number): Run {
  const engine = createEngine({ scenario, seed: 3 });
  if (endMs > 0) engine.dispatch({ type: 'start-operation' });
  engine.advanceTo(endMs);
  return {
    format: 'project-devops/run@1',
    ruleset: RULESET,
    scenario,
    seed: 3,
    commands: [...engine.log],
    endMs,
    stateHash: engine.stateHash(),
  };
}

function createPage() {
  const messages: RealMessage[] = [];
  const of = <T extends RealMessage['type']>(type: T) =>
    messages.filter((message) => message.type === type) as Extract<RealMessage, { type: T }>[];
  return {
    messages,
    of,
    send: (message: RealMessage) => void messages.push(message),
    frames: (): Frame[] => of('frame').map(({ frame }) => frame),
    get state(): RealState | undefined {
      return of('state').at(-1)?.state;
    },
  };
}

/** A desk with one page that has opened real mode for a run. */
async function opened(
  options: { endMs?: number; judge?: Judge; ports?: Partial<RealSessionPorts> } = {},
) {
  const clock = createFakeClock();
  const { desk, sandboxes } = createFakeRealMode(clock, options.ports);
  const page = createPage();
  const judge = options.judge ?? 'prediction';
  desk.receive(page, { type: 'open', run: runUntil(options.endMs ?? 2_500), judge, scale: 1 });
  await clock.run(1_000);
  const send = (command: Command) => desk.receive(page, { type: 'command', id: 7, command });
  return { clock, desk, page, send, sandbox: () => sandboxes[0] as (typeof sandboxes)[number] };
}

function running(state: RealState | undefined) {
  if (state?.phase !== 'running') throw new Error(`not running but ${state?.phase}`);
  return state;
}

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

describe('the desk', () => {
  it('tells a second page who holds the session', async () => {
    const { desk } = await opened();
    const second = createPage();
    desk.receive(second, { type: 'open', run: runUntil(0), judge: 'prediction', scale: 1 });
    expect(second.messages).toEqual([
      {
        type: 'refused',
        code: 'busy',
        message: expect.stringContaining('has held the real-mode session since'),
      },
    ]);
    desk.receive(second, { type: 'set-speed', speed: 0 });
    expect(second.of('refused')[1]?.code).toBe('nothing-open');
  });

  it('shows everything to a page that comes back', async () => {
    const { clock, desk, page } = await opened();
    await clock.run(5_000);
    desk.closed(page);
    await clock.run(10_000);
    const again = createPage();
    desk.receive(again, { type: 'resume' });
    expect(again.messages.map(({ type }) => type)).toEqual(['state', 'info', 'frame']);
    expect(again.frames()[0]).toMatchObject({ restarted: true });
    expect(again.frames()[0]?.rows.length).toBeGreaterThan(14);
    await clock.run(40_000);
    expect(running(again.state).phase).toBe('running');
  });

  it('loses no row and repeats none when a page comes back', async () => {
    const { clock, desk, page } = await opened();
    await clock.run(5_020);
    desk.closed(page);
    await clock.run(3_070);
    const again = createPage();
    desk.receive(again, { type: 'resume' });
    await clock.run(5_000);
    const starts = again
      .frames()
      .flatMap(({ rows }) => rows)
      .filter((row) => row.node === '*' && row.source === 'predicted')
      .map((row) => row.startMs);
    expect(starts.length).toBeGreaterThan(14);
    expect(starts).toEqual(starts.map((_, i) => i * 1_000));
  });

  it('leaves a session that no page shows for half a minute', async () => {
    const { clock, desk, page, sandbox } = await opened();
    desk.closed(page);
    await clock.run(29_000);
    expect(sandbox().disposed).toBe(false);
    await clock.run(3_000);
    expect(sandbox().disposed).toBe(true);
    expect(desk.state).toEqual({ phase: 'off' });
  });

  it('refuses a run of other rules or with a log that does not fit', () => {
    const { desk } = createFakeRealMode(createFakeClock());
    const page = createPage();
    const open = (run: Run) =>
      desk.receive(page, { type: 'open', run, judge: 'prediction', scale: 1 });
    open({ ...runUntil(0), ruleset: '1-0000000000000000' });
    open({
      ...runUntil(0),
      commands: [{ atMs: 0, command: { type: 'remove-node', id: 'ghost' } }],
    });
    expect(page.of('refused').map(({ code }) => code)).toEqual(['bad-request', 'bad-request']);
    expect(desk.session).toBeNull();
  });

  it('has nothing to resume at first', () => {
    const { desk } = createFakeRealMode(createFakeClock());
    const page = createPage();
    desk.receive(page, { type: 'resume' });
    expect(page.of('refused')[0]?.code).toBe('nothing-open');
  });

  it('ends its session when the server closes', async () => {
    const { clock, desk, sandbox } = await opened();
    const closing = desk.close();
    await clock.run(2_000);
    await closing;
    expect(sandbox().disposed).toBe(true);
  });
});
