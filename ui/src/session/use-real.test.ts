import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from 'vue';
import { createFakeClock } from '../worker/fake-clock.ts';
import { SIMULATION } from '../worker/game-simulation.ts';
import { firstStage } from '../worker/sample-worker.ts';
import { createWorkerHost } from '../worker/worker-host.ts';
import { sampleProblem } from './sample-real-figures.ts';
import { createSamplePort, createSampleStorage } from './sample-session.ts';
import { createSampleServer } from './sample-socket.ts';
import type { Session } from './session.ts';
import { useReal } from './use-real.ts';
import { SESSION_FACTORY, useRun } from './use-run.ts';
import type { Call } from './worker-protocol.ts';
import { createWorkerSession } from './worker-session.ts';

type SampleServer = ReturnType<typeof createSampleServer>;
let server: SampleServer;
let session: Session | undefined;

beforeEach(() => {
  server = createSampleServer();
  vi.stubGlobal('localStorage', createSampleStorage());
  vi.stubGlobal('document', { baseURI: 'http://here/' });
  vi.stubGlobal(
    'WebSocket',
    class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: the page's `new WebSocket` shall get the sample
        return server.connect();
      }
    },
  );
});
afterEach(() => {
  // Nothing is saved later, when another test's storage is there.
  useRun().leave();
  session?.close();
  vi.unstubAllGlobals();
});

/** The stores over a real engine, the first stage ten seconds old. */
async function createSample() {
  const clock = createFakeClock();
  const opened = createWorkerSession(() => {
    const handle = createWorkerHost(SIMULATION, clock, (message) => sample.say(message));
    const sample = createSamplePort((call) => {
      void handle(call as Call).then(() => clock.run(0));
    });
    return sample.port;
  });
  session = opened;
  const pinia = createPinia();
  createApp({})
    .provide(SESSION_FACTORY, () => opened)
    .use(pinia);
  setActivePinia(pinia);
  const run = useRun();
  await run.start({ scenario: firstStage(), seed: 3 });
  await run.dispatch({ type: 'start-operation' });
  run.setSpeed(4);
  await vi.waitFor(() => expect(run.speed).toBe(4));
  clock.run(2_500);
  await vi.waitFor(() => expect(run.snapshot?.timeMs).toBeGreaterThan(9_000));
  return { run, real: useReal(), clock };
}

async function createRunning() {
  const sample = await createSample();
  await sample.real.start({ judge: 'prediction', scale: 1 });
  server.fake.run();
  return sample;
}
const opening = () => server.fake.received.find((request) => request.type === 'open');

describe('switching to real mode', () => {
  it('pauses the simulation and gives the run over as it is', async () => {
    const { real, run, clock } = await createRunning();
    const given = opening();
    if (given?.type !== 'open') throw new Error('nothing was opened');
    expect(real.state.phase).toBe('running');
    const before = run.snapshot?.timeMs;
    clock.run(5_000);
    expect(run.snapshot?.timeMs).toBe(before);
    expect(given.run.endMs).toBe(before);
  });

  it('keeps predicted and measured rows apart', async () => {
    const { run } = await createRunning();
    const before = run.history.length;
    server.fake.play(5);
    expect(run.history.length).toBe(before + 5);
    expect(run.measured.length).toBeGreaterThan(2);
    const sources = [run.history, run.measured, run.nodeHistory('web-1')].map((rows) => [
      ...new Set(rows.map(({ source }) => source)),
    ]);
    expect(sources).toEqual([['predicted'], ['measured'], ['predicted']]);
    const measuredSources = run.measuredNodeHistory('web-1').map(({ source }) => source);
    expect(new Set(measuredSources)).toEqual(new Set(['measured']));
  });

  it('sends commands to the containers’ session, with undo as before', async () => {
    const { run } = await createRunning();
    await run.dispatch({ type: 'resize-node', id: 'web-1', size: 'M' });
    expect(run.canUndo).toBe(true);
    await run.undo();
    const commands = server.fake.received.filter((request) => request.type === 'command');
    expect(commands.map(({ command }) => command.type)).toEqual(['resize-node', 'resize-node']);
  });

  it('that is refused leaves the simulation as it was', async () => {
    const { real, run, clock } = await createSample();
    server.refuseWith('busy');
    await real.start({ judge: 'prediction', scale: 1 });
    expect(real.state).toMatchObject({ phase: 'failed', problem: { code: 'busy' } });
    const before = run.snapshot?.timeMs ?? 0;
    run.setSpeed(1);
    await vi.waitFor(() => expect(run.speed).toBe(1));
    clock.run(1_000);
    await vi.waitFor(() => expect(run.snapshot?.timeMs).toBeGreaterThan(before));
    server.refuseWith(null);
    await real.start({ judge: 'reality', scale: 1 });
    expect([real.state.phase, real.judge]).toEqual(['checking', 'reality']);
  });

  it('can be given up while it starts', async () => {
    const { real, run } = await createSample();
    const started = real.start({ judge: 'prediction', scale: 1 });
    await vi.waitFor(() => expect(opening()).toBeDefined());
    await real.leave();
    await started;
    expect(real.state.phase).toBe('off');
    expect(real.hasGoneBack).toBe(false);
    await expect(run.exportRun()).resolves.toMatchObject({ seed: 3 });
  });
});

describe('leaving real mode', () => {
  it('brings what was played back to the simulation, paused', async () => {
    const { real, run } = await createRunning();
    server.fake.play(5);
    const end = run.snapshot?.timeMs;
    await real.leave();
    expect(real.state.phase).toBe('off');
    expect(real.hasGoneBack).toBe(false);
    await vi.waitFor(() => expect(run.measured).toEqual([]));
    expect([run.snapshot?.timeMs, run.speed]).toEqual([end, 0]);
  });

  it('keeps a speed that is chosen while the run comes back', async () => {
    const { real, run } = await createRunning();
    server.fake.play(5);
    const left = real.leave();
    await vi.waitFor(() => expect(real.state.phase).toBe('off'));
    run.setSpeed(2);
    await left;
    await vi.waitFor(() => expect(run.speed).toBe(2));
  });

  it('goes back to the switch, and says so, when the simulation cannot repeat the run', async () => {
    const { real, run } = await createRunning();
    const atSwitch = run.snapshot?.timeMs;
    server.fake.play(5);
    server.fake.spoilRun();
    await real.leave();
    expect(real.hasGoneBack).toBe(true);
    await vi.waitFor(() => expect(run.snapshot?.timeMs).toBe(atSwitch));
  });

  it('by the stage’s end on the home screen closes the session', async () => {
    const { real, run } = await createRunning();
    run.leave();
    expect(server.fake.received.at(-1)).toEqual({ type: 'leave' });
    expect(real.state.phase).toBe('off');
  });

  it('by a failure goes on in the simulation and keeps the reason', async () => {
    const { real, run } = await createRunning();
    server.fake.enter({ phase: 'failed', problem: sampleProblem(), doctor: null });
    await vi.waitFor(() => expect(real.hasGoneBack).toBe(true));
    expect(real.state.phase).toBe('failed');
    await expect(run.exportRun()).resolves.toMatchObject({ seed: 3 });
    await real.leave();
    expect(real.state.phase).toBe('off');
  });
});

it('marks the windows that came while k6 was the limit', async () => {
  const { real, run } = await createRunning();
  server.fake.play(4);
  await vi.waitFor(() => expect(run.measured.length).toBeGreaterThan(1));
  const good = run.measured.length;
  server.fake.play(2, false);
  await vi.waitFor(() => expect(real.invalidEnds.size).toBe(2));
  expect([...real.invalidEnds]).toEqual(run.measured.slice(good).map(({ endMs }) => endMs));
});
