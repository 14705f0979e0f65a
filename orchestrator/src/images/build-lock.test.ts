import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { takeLock } from './build-lock.ts';

/** Another process that holds the lock until it is killed. */
const HOLDER = `
import { takeLock } from ${JSON.stringify(new URL('./build-lock.ts', import.meta.url).href)};
import { systemClock } from ${JSON.stringify(new URL('../clock.ts', import.meta.url).href)};
globalThis.held = await takeLock(process.env.LOCK, { clock: systemClock, onWait() {} });
console.log('held');
setInterval(() => {}, 1000);
`;

describe('the build lock', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'devops-lock-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const waiting = (onWait = () => {}) => ({ clock: systemClock, onWait });

  it('is held by one at a time, in the order of letting go', async () => {
    const path = join(folder, 'new/folder/one.lock');
    const order: string[] = [];
    const first = await takeLock(path, waiting());
    const second = takeLock(
      path,
      waiting(() => order.push('waits')),
    ).then((lock) => {
      order.push('second');
      lock[Symbol.dispose]();
    });
    await expect.poll(() => order).toEqual(['waits']);
    order.push('first ends');
    first[Symbol.dispose]();
    await second;
    expect(order).toEqual(['waits', 'first ends', 'second']);
  });

  it('ends with a process that was killed', async () => {
    const path = join(folder, 'killed.lock');
    const args = ['--input-type=module', '--eval', HOLDER];
    const child = spawn(process.execPath, args, { env: { ...process.env, LOCK: path } });
    await once(child.stdout, 'data');
    let waited = false;
    const taken = takeLock(
      path,
      waiting(() => (waited = true)),
    );
    await expect.poll(() => waited).toBe(true);
    child.kill('SIGKILL');
    using _ = await taken;
  });

  it('is no longer waited for after an interruption', async () => {
    const path = join(folder, 'interrupted.lock');
    using _ = await takeLock(path, waiting());
    const interruption = new AbortController();
    const onWait = () => interruption.abort(new Error('not wanted any more'));
    const taken = takeLock(path, { clock: systemClock, signal: interruption.signal, onWait });
    await expect(taken).rejects.toThrow('not wanted any more');
  });
});
