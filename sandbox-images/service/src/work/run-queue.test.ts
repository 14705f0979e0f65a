import { describe, expect, it } from 'vitest';
import { settle } from '../testing/settle.ts';
import { RunQueue } from './run-queue.ts';

/** A queue whose bursts end when the test says so. */
function queueUnderTest(workers: number) {
  const running: { readonly ms: number; readonly done: () => void }[] = [];
  const time = { ms: 0 };
  const queue = new RunQueue(
    workers,
    (ms, done) => running.push({ ms, done }),
    () => time.ms,
  );
  const ended: number[] = [];
  const submit = (ms: number, owner = { abandoned: false }): void => {
    void queue.burst(ms, owner).then(() => ended.push(ms));
  };
  const finish = async (): Promise<void> => {
    running.shift()?.done();
    await settle();
  };
  return { queue, running, time, ended, submit, finish };
}

describe('the run queue', () => {
  it('runs as many bursts at once as there are workers, first come first served', async () => {
    const { running, submit, finish, ended } = queueUnderTest(2);
    for (const ms of [1, 2, 3, 4]) submit(ms);
    expect(running.map(({ ms }) => ms)).toEqual([1, 2]);
    await finish();
    expect(running.map(({ ms }) => ms)).toEqual([2, 3]);
    await finish();
    await finish();
    await finish();
    expect(ended).toEqual([1, 2, 3, 4]);
  });

  it('integrates the number of waiting bursts over time', async () => {
    const { queue, time, submit, finish } = queueUnderTest(1);
    for (const ms of [1, 2, 3]) submit(ms);
    time.ms = 1_000;
    expect(queue.waitedSeconds()).toBe(2);
    await finish();
    time.ms = 1_500;
    expect(queue.waitedSeconds()).toBe(2.5);
    await finish();
    time.ms = 9_000;
    expect(queue.waitedSeconds()).toBe(2.5);
  });

  it('does no work for a burst that was abandoned in the line', async () => {
    const { running, submit, finish, ended } = queueUnderTest(1);
    const owner = { abandoned: false };
    submit(1);
    submit(2, owner);
    submit(3);
    owner.abandoned = true;
    expect(ended).toEqual([]);
    await finish();
    expect(ended).toEqual([1, 2]);
    expect(running.map(({ ms }) => ms)).toEqual([3]);
  });

  it('takes more workers at once, and fewer as bursts end', async () => {
    const { queue, running, submit, finish } = queueUnderTest(1);
    for (const ms of [1, 2, 3, 4, 5]) submit(ms);
    queue.setWorkers(3);
    expect(running).toHaveLength(3);
    queue.setWorkers(1);
    await finish();
    expect(running).toHaveLength(2);
    await finish();
    await finish();
    expect(running.map(({ ms }) => ms)).toEqual([4]);
  });
});
