import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { createHeartbeat, heartbeatPath, lastBeat, readHolder } from './heartbeat.ts';

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
    });
    expect(statSync(heartbeat.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(options.folder)).toEqual(['s1.json']);
  });

  it('beats every two seconds, and is there again after somebody deleted it', async () => {
    using folder = temporaryDirectory();
    const clock = createFakeClock(START);
    const options = { folder: folder.path, session: 's1', address: '', clock };
    await using heartbeat = await createHeartbeat(options);
    const next = async () => {
      await clock.run(2_000);
      await wait(20);
      return lastBeat(heartbeat.path);
    };
    expect(await lastBeat(heartbeat.path)).toBe(START);
    expect(await next()).toBe(START + 2_000);
    rmSync(folder.path, { recursive: true });
    expect(await next()).toBe(START + 4_000);
  });

  it('goes with its owner', async () => {
    using folder = temporaryDirectory();
    const options = { folder: folder.path, session: 's1', address: '', clock: createFakeClock() };
    const heartbeat = await createHeartbeat(options);
    await heartbeat[Symbol.asyncDispose]();
    expect(await lastBeat(heartbeat.path)).toBeNull();
    expect(await readHolder(heartbeat.path)).toBeNull();
  });

  it.each(['../escape', '', 'a/b', '.hidden', 'x'.repeat(65)])('refuses the name "%s"', (name) => {
    expect(() => heartbeatPath('/data', name)).toThrow('cannot name a session');
  });
});
