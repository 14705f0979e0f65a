import type { Frame, RealState, Run } from '@project-devops/simulation/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIMULATION } from '../worker/game-simulation.ts';
import { createPlayer } from '../worker/player.ts';
import { firstStage } from '../worker/sample-worker.ts';
import { lastAutosave } from './autosave.ts';
import { createRealSession } from './real-session.ts';
import { sampleProblem } from './sample-real-figures.ts';
import { createSampleStorage } from './sample-session.ts';
import { createSampleServer } from './sample-socket.ts';
import type { Session } from './session.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', createSampleStorage());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A run of the first stage, ten seconds played. */
function sampleRun(): Run {
  const scenario = firstStage();
  const engine = SIMULATION.createEngine({ scenario, seed: 3 });
  const player = createPlayer(engine, [{ atMs: 0, command: { type: 'start-operation' } }]);
  player.advanceTo(10_000);
  return {
    format: 'project-devops/run@1',
    ruleset: SIMULATION.ruleset,
    scenario,
    seed: 3,
    commands: engine.log,
    endMs: engine.timeMs,
    stateHash: engine.stateHash(),
  };
}

function createSample() {
  const server = createSampleServer();
  const states: RealState['phase'][] = [];
  const connections: string[] = [];
  const frames: Frame[] = [];
  const failures: { message: string; lastRun: Run | null }[] = [];
  const session = createRealSession(
    { judge: 'prediction', scale: 2 },
    {
      local: {} as Session,
      connect: server.connect,
      state: ({ phase }) => states.push(phase),
      connection: (connection) => connections.push(connection),
      judge: () => {},
    },
  );
  session.onFrame((frame) => frames.push(frame));
  session.onFailure((failure) => failures.push(failure));
  const run = sampleRun();
  const begin = () => session.start({ run, mode: 'continue' });
  return { ...server, session, states, connections, frames, failures, run, begin };
}

/** A session that runs. */
async function createRunning() {
  const sample = createSample();
  await sample.begin();
  sample.fake.run();
  return sample;
}

describe('a real session', () => {
  it('opens with the run, the judge and the scale, and has the info', async () => {
    const { begin, fake, run } = createSample();
    await expect(begin()).resolves.toMatchObject({ seed: 3, readOnly: null });
    expect(fake.received).toEqual([{ type: 'open', run, judge: 'prediction', scale: 2 }]);
  });

  it('begins the history anew with its first frame only', async () => {
    const { fake, frames } = await createRunning();
    fake.play(2);
    expect(frames.map(({ restarted }) => restarted)).toEqual([true, false, false]);
    expect(frames[0]?.rows.at(-1)?.endMs).toBe(10_000);
  });

  it('brings rows of both sources', async () => {
    const { fake, frames } = await createRunning();
    fake.play(4);
    const sources = new Set(frames.flatMap(({ rows }) => rows.map(({ source }) => source)));
    expect([...sources]).toEqual(['predicted', 'measured']);
  });

  it('gives each command its own answer', async () => {
    const { session } = await createRunning();
    const answers = await Promise.all([
      session.dispatch({ type: 'remove-node', id: 'nobody' }),
      session.dispatch({ type: 'restart-node', id: 'web-1' }),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('knows a pause and 1x only', async () => {
    const { session, fake } = await createRunning();
    session.setSpeed(4);
    session.setSpeed(0);
    const speeds = fake.received.filter(({ type }) => type === 'set-speed');
    expect(speeds).toEqual([
      { type: 'set-speed', speed: 1 },
      { type: 'set-speed', speed: 0 },
    ]);
  });

  it('keeps an autosave while it is played', async () => {
    const { fake } = await createRunning();
    fake.play(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lastAutosave()?.endMs).toBe(11_000);
  });
});

describe('the state', () => {
  it('of before the session is ours is not shown', async () => {
    const sample = createSample();
    sample.fake.enter({ phase: 'stopping', left: 3 });
    sample.refuseWith('busy');
    await expect(sample.begin()).rejects.toThrow('not now');
    expect(sample.states).toEqual(['failed']);
  });

  it('is shown again once the connection is back', async () => {
    const { cut, states } = await createRunning();
    cut();
    await vi.advanceTimersByTimeAsync(300);
    expect(states).toEqual(['checking', 'running', 'running']);
  });
});

describe('a lost connection', () => {
  it('is told, and the session goes on with the whole history', async () => {
    const { cut, connections, fake, frames } = await createRunning();
    fake.play(3);
    cut();
    expect(connections).toEqual(['open', 'lost']);
    await vi.advanceTimersByTimeAsync(300);
    expect(connections).toEqual(['open', 'lost', 'open']);
    expect(frames.at(-1)?.restarted).toBe(true);
    expect(fake.received.at(-1)).toEqual({ type: 'resume' });
  });

  it('loses no command: what has no answer is asked again under its number', async () => {
    const { session, cut, mute, fake } = await createRunning();
    mute();
    const lost = session.dispatch({ type: 'restart-node', id: 'web-1' });
    cut();
    const later = session.dispatch({ type: 'restart-node', id: 'primary' });
    await vi.advanceTimersByTimeAsync(300);
    expect([(await lost).ok, (await later).ok]).toEqual([true, true]);
    const commands = fake.received.filter((request) => request.type === 'command');
    expect(commands.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('tells a speed that was chosen meanwhile', async () => {
    const { session, cut, fake } = await createRunning();
    cut();
    session.setSpeed(0);
    await vi.advanceTimersByTimeAsync(300);
    expect(fake.received.slice(-2)).toEqual([{ type: 'resume' }, { type: 'set-speed', speed: 0 }]);
  });

  it('is noticed by its silence while play runs', async () => {
    const { fake, mute, connections } = await createRunning();
    fake.play(1);
    mute();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(connections).toEqual(['open', 'lost']);
    await vi.advanceTimersByTimeAsync(300);
    expect(connections).toEqual(['open', 'lost', 'open']);
  });

  it('before the session was open asks for it again', async () => {
    const sample = createSample();
    sample.cut(false);
    const begun = sample.begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sample.connections.at(-1)).toBe('lost');
    sample.mend();
    await vi.advanceTimersByTimeAsync(5_000);
    await expect(begun).resolves.toMatchObject({ seed: 3 });
  });

  it('to a server that has forgotten the session ends it with the newest run', async () => {
    const { fake, say, failures, states } = await createRunning();
    fake.play(1);
    await vi.advanceTimersByTimeAsync(5_000);
    say({ type: 'refused', code: 'nothing-open', message: 'No session is open.' });
    expect(states.at(-1)).toBe('failed');
    expect(failures).toMatchObject([
      { message: 'No session is open.', lastRun: { endMs: 11_000 } },
    ]);
  });
});

describe('the end of a real session', () => {
  it('answers the newest run and tells the states until all is removed', async () => {
    const { session, states, fake, begin } = createSample();
    await begin();
    fake.run();
    fake.play(2);
    expect((await session.leave())?.endMs).toBe(12_000);
    expect(states.slice(-2)).toEqual(['stopping', 'off']);
  });

  it('does not wait for a run that does not come', async () => {
    const { session, mute } = await createRunning();
    mute();
    const left = session.leave();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await left).toBeNull();
  });

  it('while the connection is lost takes the last known run and is off at once', async () => {
    const { session, fake, cut, states } = await createRunning();
    fake.play(1);
    await vi.advanceTimersByTimeAsync(5_000);
    cut(false);
    expect((await session.leave())?.endMs).toBe(11_000);
    expect(states.at(-1)).toBe('off');
  });

  it('by a failure rejects what waits and says why', async () => {
    const { session, fake, failures, mute } = await createRunning();
    mute();
    const waiting = session.run();
    fake.enter({ phase: 'failed', problem: sampleProblem(), doctor: null });
    await expect(waiting).rejects.toThrow('ended by itself');
    expect(failures).toHaveLength(1);
  });

  it.each(['busy', 'bad-request'] as const)('refused as %s rejects the start', async (code) => {
    const sample = createSample();
    sample.refuseWith(code);
    await expect(sample.begin()).rejects.toThrow('not now');
    expect(sample.states.at(-1)).toBe('failed');
    expect(sample.failures).toEqual([]);
  });

  it('by closing leaves', async () => {
    const { session, fake } = await createRunning();
    session.close();
    expect(fake.received.at(-1)).toEqual({ type: 'leave' });
  });
});
