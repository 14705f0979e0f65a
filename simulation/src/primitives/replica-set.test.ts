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
function setUp(replicas: number) {
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
  set.configure(cores(1), 0);
  set.begin(replicas, 0);
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
  return { set, ends, runUntil, burst };
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
