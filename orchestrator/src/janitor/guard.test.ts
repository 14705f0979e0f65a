import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { createInMemoryRuntime } from '../runtimes/in-memory.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { type GuardEnd, guard } from './guard.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { janitorFiles } from './janitor-files.ts';
import { populate } from './testing/populate.ts';

/** A guarded session on a machine whose time the test moves; `dies` leaves its heartbeat as it is. */
async function guarded() {
  const folder = temporaryDirectory();
  const clock = createFakeClock();
  const owner = createFakeClock();
  let timers = 0;
  const counted: Clock = {
    now: clock.now,
    later(action, ms) {
      timers++;
      return clock.later(action, ms);
    },
  };
  const runtime = createInMemoryRuntime({ clock });
  const heartbeat: Heartbeat = await createHeartbeat({
    folder: folder.path,
    session: 's1',
    address: '',
    clock: owner,
  });
  await populate(runtime, 's1', heartbeat.path, 2);
  const lines: string[] = [];
  let end: GuardEnd | null = null;
  const running = guard({
    session: 's1',
    heartbeat: heartbeat.path,
    clock: counted,
    pid: 100,
    openRuntime: async () => runtime,
    log: (line) => lines.push(line),
  });
  void running.then((reached) => {
    end = reached;
  });
  /** File access takes real time, however still the clock stands: until the guard waits again, or has ended. */
  const settled = async (before: number) => {
    while (timers === before && end === null) await wait(1);
  };
  const pass = async (seconds: number, ownerLives: boolean) => {
    for (let second = 0; second < seconds && end === null; second++) {
      const before = timers;
      if (ownerLives) await owner.run(1_000);
      await clock.run(1_000);
      await settled(before);
    }
  };
  await settled(0);
  return {
    clock,
    runtime,
    heartbeat,
    lines,
    pass,
    left: async () => (await runtime.listContainers({})).length,
    end: () => end,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

describe('the guard of a session', () => {
  it('leaves a session alone whose heart beats', async () => {
    using world = await guarded();
    await world.pass(30, true);
    expect(await world.left()).toBe(2);
    expect(world.end()).toBeNull();
  });

  it('removes the session some 12 s after its last beat, with the heartbeat', async () => {
    using world = await guarded();
    await world.pass(5, true);
    await world.pass(10, false);
    expect(await world.left()).toBe(2);
    await world.pass(4, false);
    expect(world.end()).toBe('removed');
    expect(await world.left()).toBe(0);
    expect(existsSync(world.heartbeat.path)).toBe(false);
    expect(existsSync(janitorFiles(world.heartbeat.path).pid)).toBe(false);
    expect(world.lines.at(-1)).toBe('Removed 2 containers and 1 networks.');
  });

  it('removes the session when the heartbeat is gone for good', async () => {
    using world = await guarded();
    rmSync(world.heartbeat.path);
    await world.pass(7, false);
    expect(world.end()).toBe('removed');
    expect(await world.left()).toBe(0);
  });

  it('gives the owner another period after the machine slept', async () => {
    using world = await guarded();
    await world.pass(10, false);
    world.clock.skip(3_600_000);
    await world.pass(10, false);
    expect(await world.left()).toBe(2);
    await world.pass(10, true);
    expect(await world.left()).toBe(2);
    expect(world.end()).toBeNull();
  });

  it('keeps trying while the engine is away, and gives up after some minutes', async () => {
    using world = await guarded();
    world.runtime.setAway(true);
    await world.pass(40, false);
    expect(world.end()).toBeNull();
    world.runtime.setAway(false);
    await world.pass(15, false);
    expect(world.end()).toBe('removed');

    using hopeless = await guarded();
    hopeless.runtime.setAway(true);
    await hopeless.pass(340, false);
    expect(hopeless.end()).toBe('given-up');
  });

  it('lets an owner who comes back before the removal keep the session', async () => {
    using world = await guarded();
    world.runtime.setAway(true);
    await world.pass(20, false);
    await world.pass(4, true);
    world.runtime.setAway(false);
    await world.pass(10, true);
    expect(await world.left()).toBe(2);
    expect(world.end()).toBeNull();
  });

  it('ends when another janitor guards the session', async () => {
    using world = await guarded();
    writeFileSync(janitorFiles(world.heartbeat.path).pid, '101\n');
    await world.pass(2, false);
    expect(world.end()).toBe('superseded');
    expect(await world.left()).toBe(2);
  });
});
