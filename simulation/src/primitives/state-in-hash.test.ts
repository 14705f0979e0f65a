import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { createStream } from '../kernel/random.ts';
import { StateHash } from '../kernel/state-hash.ts';
import { ENDLESS } from '../testing/message-lab.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { IndependentStation } from './independent-station.ts';
import { InstancePool } from './instance-pool.ts';
import { Jobs } from './jobs.ts';
import { Leak } from './leak.ts';
import { MessageLog } from './log.ts';
import { Partition } from './partition.ts';
import { ReplicaSet } from './replica-set.ts';
import { SessionTable } from './session-table.ts';
import { type DataCopy, StoredData } from './stored-data.ts';

function digestOf(state: { mixInto(hash: StateHash): void }): string {
  const hash = new StateHash();
  state.mixInto(hash);
  return hash.digest();
}

const COPIES: readonly (DataCopy | null)[] = [
  { kind: 'backup', atMs: 1, writes: 1 },
  { kind: 'backup', atMs: 2, writes: 1 },
  { kind: 'backup', atMs: 1, writes: 2 },
  { kind: 'snapshot', atMs: 1, writes: 1 },
  null,
];

/** States of one kind that go on differently. */
const STATES = {
  leak: () =>
    [
      { requests: 1, sinceMs: 0 },
      { requests: 2, sinceMs: 0 },
      { requests: 1, sinceMs: 10 },
    ].map(({ requests, sinceMs }) => {
      const leak = new Leak({ mibPerRequest: 1, mibPerMs: 0 }, 9, sinceMs);
      for (let i = 0; i < requests; i++) leak.add(0);
      return leak;
    }),

  'stored data': () =>
    COPIES.flatMap((copy) =>
      [2, 3].map((kept) => {
        const data = new StoredData();
        for (let i = 0; i < kept; i++) data.write();
        if (copy !== null) data.add(copy);
        return data;
      }),
    ),

  'session table': () =>
    [0, 1, 2].map((jobs) => {
      const table = new SessionTable(
        { users: 1, open: jobs === 2 ? 0 : 9, idleMs: 1 },
        createStream(1, 'sessions'),
      );
      if (jobs > 0) table.occupy(0, 0);
      return table;
    }),

  'instance pool': () =>
    [[], [5], [6], [5, 5], [Infinity], [5, Infinity]].map((endsMs) => {
      const pool = new InstancePool({ concurrency: 9, keepAliveMs: 100, startMs: 0 }, 0);
      for (const _ of endsMs) pool.occupy(0, 0);
      for (const endMs of endsMs) if (endMs < Infinity) pool.release(0, endMs);
      return pool;
    }),

  'replica set': () =>
    [
      { jobs: 0, scaleTo: 1 },
      { jobs: 0, scaleTo: 2 },
      { jobs: 0, scaleTo: 3 },
      { jobs: 1, scaleTo: 2 },
      { jobs: 2, scaleTo: 2 },
      { jobs: 1, scaleTo: 2, isOver: true },
    ].map(({ jobs, scaleTo, isOver }) => {
      const queue = new EventQueue();
      const around = { queue, eventKind: 1, index: 0, done: () => undefined };
      const slots = new Jobs(9);
      const newStation = () => new IndependentStation(around, slots);
      const set = new ReplicaSet({ jobs: slots, newStation, wakeAt: () => undefined });
      set.setLimits({ most: 9, backlog: 9, startMs: 50 });
      set.begin(2, 0);
      for (let job = 0; job < jobs; job++) {
        const place = set.occupy(job);
        if (isOver === true) set.release(place, 0);
      }
      set.scaleTo(scaleTo, 0);
      return set;
    }),

  'consumer group': () =>
    ['none', 'advance', 'deliver', 'hold', 'give', 'rename'].map((deed) => {
      const partition = new Partition();
      for (let key = 0; key < 3; key++) partition.append(key, 1, 0);
      const group = new ConsumerGroup(deed === 'rename' ? 'post' : 'mail', [partition]);
      group.regroup([1, 2], Int32Array.of(deed === 'give' ? 1 : 0), 0, 'none');
      if (deed === 'advance') group.advance(0);
      if (deed === 'deliver') group.deliver(0, 1);
      if (deed === 'hold') group.hold(0, 7);
      return group;
    }),

  log: () =>
    [
      { appended: 1, done: 0 },
      { appended: 2, done: 0 },
      { appended: 2, done: 1 },
      { appended: 2, done: 1, isKept: true },
    ].map(({ appended, done, isKept }) => {
      const log = new MessageLog(ENDLESS);
      for (let key = 0; key < appended; key++) log.append(key, 1, 0);
      for (let message = 0; message < done; message++) log.groups[0]?.advance(0);
      if (isKept !== true) log.release(0);
      return log;
    }),
};

describe.each(Object.entries(STATES))('the state of a %s', (_, states) => {
  it('has the same hash when it is the same, and another one when it goes on differently', () => {
    const digests = states().map(digestOf);
    expect(states().map(digestOf)).toEqual(digests);
    expect(new Set(digests).size).toBe(digests.length);
  });
});
