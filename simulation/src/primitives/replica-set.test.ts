import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { cores } from '../testing/station-script.ts';
import { FifoStation } from './fifo-station.ts';
import { Jobs } from './jobs.ts';
import { ReplicaSet } from './replica-set.ts';
import type { Station } from './station.ts';

const STATION = 1;
const WAKE = 2;

/** A set whose replicas hold two jobs each and take 50 ms to start, with what makes its events happen. */
function setUp(replicas: number, sinceMs = 0) {
  const queue = new EventQueue();
  const jobs = new Jobs(100);
  const stations: Station[] = [];
  const ends: string[] = [];
  const around = {
    queue,
    eventKind: STATION,
    done: (job: number) => ends.push(`${job} at ${queue.timeMs}`),
  };
  const set = new ReplicaSet({
    jobs,
    newStation: () => {
      const station = new FifoStation({ ...around, index: stations.length }, jobs);
      stations.push(station);
      return station;
    },
    wakeAt: (atMs) => queue.push(atMs, WAKE, 0, 0),
  });
  set.setLimits({ most: 9, backlog: 2, startMs: 50 });
  set.configure(cores(1), sinceMs);
  set.begin(replicas, sinceMs);
  const runUntil = (untilMs: number) => {
    while (queue.peekTimeMs() <= untilMs) {
      queue.pop();
      if (queue.kind === WAKE) set.finishStarts(queue.timeMs);
      else stations[queue.a]?.onEvent(queue.b, queue.timeMs);
    }
  };
  const burst = (job: number, demandMs: number, atMs: number) => {
    jobs.demandMs[job] = demandMs;
    set.submit(job, atMs);
  };
  return { set, queue, jobs, ends, runUntil, burst };
}

describe('ReplicaSet', () => {
  it('gives jobs to its replicas in turn, each with a line of its own', () => {
    const { set, ends, runUntil, burst } = setUp(2);
    expect([0, 1, 2].map((job) => set.occupy(job))).toEqual([0, 1, 0]);
    burst(0, 10, 0);
    burst(1, 3, 0);
    burst(2, 5, 0);
    expect(set.waiting).toBe(1);
    runUntil(100);
    expect(ends).toEqual(['1 at 3', '0 at 10', '2 at 15']);
    expect([set.usedMs(100), set.waitingArea(100)]).toEqual([18, 10]);
  });

  it('refuses a job whose replica is full, even when another is not', () => {
    const { set } = setUp(2);
    expect([0, 1, 2, 3].map((job) => set.occupy(job))).toEqual([0, 1, 0, 1]);
    set.release(1, 0);
    set.release(1, 0);
    expect(set.occupy(4)).toBe(-1);
    expect(set.occupy(5)).toBe(1);
    expect([set.takeMostUsed(), set.tokens]).toEqual([4, 4]);
  });

  it('gives nothing to a new replica before it has started', () => {
    const { set, runUntil } = setUp(1);
    set.scaleTo(2, 10);
    expect([set.ready, set.starting]).toEqual([1, 1]);
    expect([set.occupy(0), set.occupy(1)]).toEqual([0, 0]);
    runUntil(59);
    expect(set.ready).toBe(1);
    runUntil(60);
    expect([set.ready, set.starting, set.occupy(2)]).toEqual([2, 0, 1]);
  });

  it('lets a replica end its jobs before it goes', () => {
    const { set, ends, runUntil, burst } = setUp(2);
    set.occupy(0);
    const place = set.occupy(1);
    burst(1, 30, 0);
    set.scaleTo(1, 10);
    expect([set.ready, set.occupy(2)]).toEqual([1, 0]);
    runUntil(30);
    set.release(place, 30);
    expect(ends).toEqual(['1 at 30']);
    // Two up until 30, one until 100.
    expect(set.takeInstances(100)).toEqual({ running: 1.3, starting: 0, limit: 9, started: 0 });
  });

  it('gives up starting replicas first, and tells starts and their time', () => {
    const { set, runUntil } = setUp(1);
    set.scaleTo(3, 0);
    set.scaleTo(2, 10);
    runUntil(100);
    expect([set.ready, set.starting]).toEqual([2, 0]);
    // Two starting until 10, one until 50; one up until 50, two until 100.
    expect(set.takeInstances(100)).toEqual({ running: 1.5, starting: 0.6, limit: 9, started: 2 });
  });

  it('starts each replica in its own time', () => {
    const { set, runUntil } = setUp(1);
    set.scaleTo(2, 0);
    set.scaleTo(4, 10);
    const ready = [49, 50, 59, 60].map((untilMs) => {
      runUntil(untilMs);
      return set.ready;
    });
    expect(ready).toEqual([1, 2, 2, 4]);
    // One up until 50, two until 60, four until 100.
    expect(set.takeInstances(100)).toEqual({ running: 2.3, starting: 1.5, limit: 9, started: 3 });
    expect(set.takeInstances(100)).toEqual({ running: 0, starting: 0, limit: 9, started: 0 });
    set.scaleTo(5, 110);
    expect(set.takeInstances(120)).toEqual({ running: 4, starting: 0.5, limit: 9, started: 1 });
    expect(set.upArea(130)).toBe(230 + 120);
  });

  it('takes away the last replicas, at once where they have no job, and goes on in turn without them', () => {
    const { set } = setUp(4);
    expect([set.occupy(0), set.occupy(1)]).toEqual([0, 1]);
    set.scaleTo(2, 10);
    expect([set.occupy(2), set.occupy(3)]).toEqual([0, 1]);
    // Four up until 10, two until 20.
    expect(set.upArea(20)).toBe(60);
  });

  it('lets a replica go with the last of its jobs, and puts a new one in its place', () => {
    const { set, runUntil } = setUp(2);
    for (const job of [0, 1, 2, 3]) set.occupy(job);
    set.scaleTo(1, 0);
    set.release(1, 10);
    set.release(1, 20);
    expect(set.upArea(40)).toBe(60);
    set.scaleTo(2, 40);
    runUntil(90);
    expect([set.ready, set.occupy(4), set.occupy(5)]).toEqual([2, -1, 1]);
  });

  it('was not up before it began', () => {
    const { set, runUntil } = setUp(2, 1_000);
    expect([set.upArea(1_000), set.upArea(1_010)]).toEqual([0, 20]);
    set.scaleTo(3, 1_020);
    runUntil(1_100);
    // Two up from 1000 on, the third starting until 1070.
    expect(set.takeInstances(1_100)).toEqual({ running: 2.3, starting: 0.5, limit: 9, started: 1 });
  });

  it('reuses the places of those that never became ready, and is not woken for nothing', () => {
    const { set, queue, runUntil } = setUp(1);
    set.scaleTo(3, 0);
    set.scaleTo(1, 10);
    set.scaleTo(2, 20);
    set.clear(30);
    set.scaleTo(3, 40);
    runUntil(90);
    expect([set.ready, queue.size]).toEqual([3, 0]);
    expect([0, 1, 2, 3].map((job) => set.occupy(job))).toEqual([0, 1, 2, 0]);
  });

  it('refuses every job while it has no replica that is ready', () => {
    const { set } = setUp(0);
    set.scaleTo(1, 0);
    expect([set.occupy(0), set.tokens]).toEqual([-1, 0]);
  });

  it('has new CPU limits at once, and tells the longest wait of all its lines', () => {
    const { set, ends, runUntil, burst } = setUp(2);
    for (const job of [0, 1, 2, 3]) set.occupy(job);
    burst(0, 30, 0);
    burst(1, 10, 0);
    burst(2, 5, 1);
    burst(3, 5, 4);
    expect([set.oldestWaitMs(9), set.waiting]).toEqual([8, 2]);
    set.configure(cores(2), 9);
    expect([set.oldestWaitMs(9), set.waiting]).toEqual([0, 0]);
    runUntil(100);
    expect([...ends].sort()).toEqual(['0 at 30', '1 at 10', '2 at 14', '3 at 14']);
  });

  it('knows the replica of every job when there are more jobs than before', () => {
    const { set, jobs, ends, runUntil, burst } = setUp(2);
    expect(set.occupy(5)).toBe(0);
    burst(5, 20, 0);
    jobs.grow(200);
    expect(set.occupy(100)).toBe(1);
    burst(100, 5, 0);
    runUntil(100);
    expect(ends).toEqual(['100 at 5', '5 at 20']);
  });

  it('counts what was up until a fall, and after it what comes back', () => {
    const { set } = setUp(3);
    for (const job of [0, 1, 2]) set.occupy(job);
    set.scaleTo(2, 0);
    set.scaleTo(3, 0);
    set.clear(10);
    // Three up (one of them leaving) and one starting until 10, two up until 20.
    expect(set.takeInstances(20)).toMatchObject({ running: 2.5, starting: 0.5 });
    for (const place of [0, 1, 2]) set.release(place, 20);
    expect([set.upArea(20), set.upArea(30), set.ready]).toEqual([50, 70, 2]);
  });

  it('comes back from a fall with the replicas that were ready', () => {
    const { set, runUntil } = setUp(2);
    set.occupy(0);
    set.scaleTo(1, 0);
    set.scaleTo(4, 0);
    set.clear(10);
    runUntil(200);
    expect([set.ready, set.starting]).toEqual([1, 0]);
  });
});
