import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { createHeartbeat, heartbeatPath } from './heartbeat.ts';
import { readHolder } from './holder.ts';
import { lastBeat } from './last-beat.ts';

const START = 1_700_000_000_000;

describe('a heartbeat', () => {
  it('tells who holds the session, to nobody but this user', async () => {
    using folder = temporaryDirectory();
    const options = { folder: join(folder.path, 'new'), session: 's1', address: 'http://here' };
    await using heartbeat = await createHeartbeat({ ...options, clock: createFakeClock(START) });
    expect(heartbeat.path).toBe(heartbeatPath(options.folder, 's1'));
    expect(await readHolder(heartbeat.path)).toEqual({
      session: 's1',
      pid: process.pid,
      host: hostname(),
      startedAt: START,
      address: 'http://here',
      id: expect.any(String),
    });
    expect(statSync(heartbeat.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(options.folder)).toEqual(['s1.json']);
  });

  it('beats every two seconds, and is there again after somebody deleted it', async () => {
    using folder = temporaryDirectory();
    const clock = createFakeClock(START);
    const options = { folder: folder.path, session: 's1', address: '', clock };
    await using heartbeat = await createHeartbeat(options);
    const beat = () => lastBeat(heartbeat.path);
    expect(await beat()).toBe(START);
    await clock.run(2_000);
    await expect.poll(beat).toBe(START + 2_000);
    rmSync(folder.path, { recursive: true });
    await clock.run(2_000);
    await expect.poll(beat).toBe(START + 4_000);
  });

  it('goes with its owner', async () => {
    using folder = temporaryDirectory();
    const options = { folder: folder.path, session: 's1', address: '', clock: createFakeClock() };
    const heartbeat = await createHeartbeat(options);
    await heartbeat[Symbol.asyncDispose]();
    expect(await lastBeat(heartbeat.path)).toBeNull();
    expect(await readHolder(heartbeat.path)).toBeNull();
  });

  it('falls silent and leaves its file when it is stopped', async () => {
    using folder = temporaryDirectory();
    const clock = createFakeClock(START);
    const options = { folder: folder.path, session: 's1', address: '', clock };
    const heartbeat = await createHeartbeat(options);
    await heartbeat.stop();
    await clock.run(10_000);
    await wait(20);
    expect(await lastBeat(heartbeat.path)).toBe(START);
  });

  it('gives way to the next heartbeat of the session, and leaves the file to it', async () => {
    using folder = temporaryDirectory();
    const [early, late] = [createFakeClock(START), createFakeClock(START + 60_000)];
    const options = { folder: folder.path, session: 's1' };
    const first = await createHeartbeat({ ...options, address: 'one', clock: early });
    await using second = await createHeartbeat({ ...options, address: 'two', clock: late });
    await early.run(10_000);
    await wait(20);
    await first[Symbol.asyncDispose]();
    expect(await lastBeat(second.path)).toBe(START + 60_000);
    expect(await readHolder(second.path)).toMatchObject({ address: 'two' });
  });

  it.each(['../escape', '', 'a/b', '.hidden', 'x'.repeat(65)])('refuses the name "%s"', (name) => {
    expect(() => heartbeatPath('/data', name)).toThrow('cannot name a session');
  });
});
