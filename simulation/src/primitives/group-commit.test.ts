import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { EventQueue } from '../kernel/event-queue.ts';
import { createStream } from '../kernel/random.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { GroupCommit } from './group-commit.ts';
import { Jobs } from './jobs.ts';

/** Ends of the flushes of commits that come at these times, by commit; each flush takes as long. */
function flushes(commitsMs: readonly number[], flushMs: number): number[] {
  const queue = new EventQueue();
  const jobs = new Jobs(commitsMs.length);
  const endsMs: number[] = [];
  const done = (job: number) => {
    endsMs[job] = queue.timeMs;
  };
  const disk = new GroupCommit({ queue, eventKind: 1, index: 0, done }, jobs);
  commitsMs.forEach((atMs, job) => void queue.push(atMs, 0, job, 0));
  while (queue.pop()) {
    if (queue.kind === 1) disk.onEvent(0, queue.timeMs);
    else {
      jobs.demandMs[queue.a] = flushMs;
      disk.submit(queue.a, queue.timeMs);
    }
  }
  expect(disk.waiting).toBe(0);
  return endsMs;
}

/** A disk to which so many jobs may come, each of which takes 10 ms to flush. */
function diskOf(count: number): GroupCommit {
  const jobs = new Jobs(count);
  jobs.demandMs.fill(10);
  const around = { queue: new EventQueue(), eventKind: 1, index: 0, done: () => undefined };
  return new GroupCommit(around, jobs);
}

describe('GroupCommit', () => {
  it('takes along all commits that wait, and lets later ones wait for the next flush', () => {
    expect(flushes([0, 1, 2, 9, 30], 10)).toEqual([10, 20, 20, 20, 40]);
  });

  it('knows how long it was busy, and how long commits waited', () => {
    const disk = diskOf(2);
    disk.submit(0, 0);
    disk.submit(1, 4);
    expect([disk.usedMs(7), disk.waitingArea(7), disk.waiting]).toEqual([7, 3, 1]);
    disk.onEvent(0, 10);
    disk.onEvent(0, 20);
    expect([disk.usedMs(50), disk.waitingArea(50), disk.waiting]).toEqual([20, 6, 0]);
  });

  it('knows in any flush for how long it has been busy, and how old the oldest waiting commit is', () => {
    const disk = diskOf(3);
    disk.submit(2, 100);
    expect(disk.oldestWaitMs(105)).toBe(0);
    disk.submit(0, 104);
    disk.submit(1, 106);
    expect([disk.oldestWaitMs(109), disk.usedMs(109)]).toEqual([5, 9]);
    disk.onEvent(0, 110);
    expect([disk.oldestWaitMs(112), disk.usedMs(112)]).toEqual([0, 12]);
  });

  /**
   * Poisson commits at rate r, a flush of D: after each flush the disk is idle with probability exp(-rD), so of
   * all time it is idle for 1 / (1 + rD exp(rD)); a commit then takes D, and otherwise half of D more on average.
   */
  it.each([0.5, 2, 8])(
    'has the mean latency of bulk service without a limit at %d commits a flush',
    (rate) => {
      const means = Array.from({ length: 20 }, (_, seed) => {
        const stream = createStream(seed, 'commits');
        let nowMs = 0;
        const commitsMs = Array.from({ length: 4_000 }, () => {
          nowMs += stream.exponential(1 / rate);
          return nowMs;
        });
        const ends = flushes(commitsMs, 1);
        return ends.reduce((sum, end, i) => sum + end - (commitsMs[i] as number), 0) / ends.length;
      });
      const idle = 1 / (1 + rate * exp(rate));
      expect(errorsOff(estimate(means), 1 + (1 - idle) / 2)).toBeLessThan(4);
    },
  );
});
