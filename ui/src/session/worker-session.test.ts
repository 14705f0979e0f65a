import type { Frame } from '@project-devops/simulation/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeClock } from '../worker/fake-clock.ts';
import { SIMULATION } from '../worker/game-simulation.ts';
import { firstStage } from '../worker/sample-worker.ts';
import { createWorkerHost } from '../worker/worker-host.ts';
import { lastAutosave } from './autosave.ts';
import { createSamplePort, createSampleStorage } from './sample-session.ts';
import type { Call, FromWorker } from './worker-protocol.ts';
import { createWorkerSession } from './worker-session.ts';

type SamplePort = ReturnType<typeof createSamplePort>;
const scenario = firstStage();

/** A session over workers that run the real simulation in this thread, on one fake clock. */
function createSample(answers = true) {
  const clock = createFakeClock();
  const ports: SamplePort[] = [];
  const spawn = () => {
    const post = (message: FromWorker): void => sample.say(message);
    const handle = createWorkerHost(SIMULATION, clock, post);
    const sample = createSamplePort((call) => {
      if (answers) void handle(call as Call).then(() => clock.run(0));
    });
    ports.push(sample);
    return sample.port;
  };
  return { session: createWorkerSession(spawn), clock, ports };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', createSampleStorage());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('plays a run from its start to a command and back as a log', async () => {
  const { session, clock } = createSample();
  const frames: Frame[] = [];
  session.onFrame((frame) => frames.push(frame));
  expect((await session.library()).scenarios).toEqual(SIMULATION.scenarios);
  const info = await session.start({ scenario, seed: 5 });
  expect(info).toMatchObject({ seed: 5, readOnly: null });
  expect(await session.dispatch({ type: 'start-operation' })).toMatchObject({ ok: true });
  clock.run(1_200);
  expect(frames.at(-1)?.snapshot.phase).toBe('operation');
  const run = await session.run();
  expect(run.commands.map(({ command }) => command.type)).toEqual(['start-operation']);
  session.close();
});

it('answers a refusal with its code', async () => {
  const { session } = createSample();
  await session.start({ scenario, seed: 5 });
  expect(await session.dispatch({ type: 'remove-node', id: 'nobody' })).toMatchObject({
    ok: false,
    refusal: { code: 'unknown-node' },
  });
  session.close();
});

it('rejects what cannot be done, and goes on', async () => {
  const { session } = createSample();
  await expect(session.run()).rejects.toThrow('No run is open');
  await session.start({ scenario, seed: 5 });
  await expect(session.seek(10)).rejects.toThrow('watched');
  expect((await session.run()).seed).toBe(5);
  session.close();
});

it('opens files in a worker of their own, which is ended afterwards', async () => {
  const { session, ports } = createSample();
  expect(await session.openFile('format: nonsense')).toMatchObject({ kind: 'refused' });
  expect(ports.map((port) => port.terminated)).toEqual([false, true]);
  session.close();
});

it('keeps an autosave while it is played, and offers it when the worker dies', async () => {
  const { session, clock, ports } = createSample();
  const failures: unknown[] = [];
  session.onFailure((failure) => failures.push(failure));
  await session.start({ scenario, seed: 5 });
  await session.dispatch({ type: 'start-operation' });
  clock.run(1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  const kept = lastAutosave();
  expect(kept).toMatchObject({ seed: 5 });
  const waiting = session.run();
  ports[0]?.crash('out of memory');
  expect(failures).toEqual([{ message: 'out of memory', lastRun: kept }]);
  await expect(waiting).rejects.toThrow('out of memory');
  await expect(session.run()).rejects.toThrow('not running');
});

it('reports a worker that stopped answering', async () => {
  const { session } = createSample(false);
  const failures: { message: string }[] = [];
  session.onFailure((failure) => failures.push(failure));
  session.library().catch(() => undefined);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(failures.map(({ message }) => message)).toEqual(['The simulation stopped answering.']);
});
