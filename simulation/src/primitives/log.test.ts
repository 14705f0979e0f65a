import { describe, expect, it } from 'vitest';
import { ENDLESS } from '../testing/message-lab.ts';
import { MessageLog, partitionOf } from './log.ts';

function filled(options: Partial<MessageLog['options']>, messages = 10): MessageLog {
  const log = new MessageLog({ ...ENDLESS, ...options });
  for (let key = 0; key < messages; key++) log.append(key, 1, key);
  return log;
}

/** The group `name` is done with so many messages of partition 0. */
function advance(log: MessageLog, name: string, count: number): void {
  const group = log.groups.find((one) => one.name === name);
  for (let i = 0; i < count; i++) group?.advance(0);
  log.release(0);
}

describe('a log', () => {
  it('takes messages as long as there is room, which what every group has done leaves', () => {
    const log = filled({ roomKiB: 10 });
    log.setGroups(['mail', 'search']);
    expect(log.append(0, 1, 20)).toBe(-1);
    advance(log, 'mail', 3);
    expect([log.usedKiB, log.append(0, 1, 20)]).toEqual([10, -1]);
    advance(log, 'search', 1);
    expect([log.usedKiB, log.append(0, 1, 20), log.append(0, 1, 20)]).toEqual([9, 0, -1]);
    expect([log.waiting, log.lag]).toEqual([18, 10]);
  });

  it('makes room by deleting what is older than the retention time, which is lost', () => {
    const log = filled({ roomKiB: 10, retentionMs: 5 });
    expect(log.append(0, 4, 5)).toBe(-1);
    expect(log.append(0, 4, 9)).toBe(0);
    expect([log.counts.lost, log.usedKiB, log.waiting]).toEqual([4, 10, 7]);
  });

  it('skips what has expired, and says so', () => {
    const log = filled({ expiryMs: 5 });
    expect(log.forgetOldIn(0, 9)).toBe(4);
    expect([log.counts.expired, log.counts.lost, log.lagMs(9)]).toEqual([4, 0, 5]);
  });

  it('tells what happened since it was last asked', () => {
    const log = filled({ expiryMs: 5 }, 3);
    log.forgetOldIn(0, 6);
    expect(log.takeCounts()).toMatchObject({ appended: 3, expired: 1 });
    log.append(0, 1, 7);
    expect(log.takeCounts()).toMatchObject({ appended: 1, expired: 0 });
  });

  it('puts all messages of a key into one partition', () => {
    const log = new MessageLog({ ...ENDLESS, partitions: 8 });
    for (let key = 0; key < 100; key++) {
      expect(log.append(key, 1, 0)).toBe(partitionOf(key, 8));
      expect(log.append(key, 1, 1)).toBe(partitionOf(key, 8));
    }
    expect(log.partitions.every(({ end }) => end > 0)).toBe(true);
  });

  it('goes on with fewer or more partitions and keeps what is in the others', () => {
    const log = filled({ partitions: 4 }, 100);
    log.configure({ ...ENDLESS, partitions: 1 });
    expect([log.append(3, 1, 0), log.waiting]).toEqual([0, 101]);
    log.configure({ ...ENDLESS, partitions: 6 });
    expect([log.partitions.length, log.groups[0]?.committed.length]).toEqual([6, 6]);
  });

  it('passes the place of a group that is gone to one that is new', () => {
    const log = filled({});
    log.setGroups(['mail']);
    advance(log, 'mail', 4);
    log.setGroups(['post']);
    expect([log.waiting, log.counts.appended, log.counts.lost]).toEqual([6, 10, 0]);
    log.setGroups([]);
    expect(log.groups.map(({ name }) => name)).toEqual(['post']);
  });

  it('owes a further group what it keeps, and counts as lost what a group leaves behind', () => {
    const log = filled({});
    log.setGroups(['mail']);
    advance(log, 'mail', 4);
    log.setGroups(['mail', 'search']);
    expect([log.waiting, log.counts.appended]).toEqual([12, 16]);
    advance(log, 'search', 1);
    const [mail] = log.groups;
    mail?.regroup([1], Int32Array.from([0]), 0, 'none');
    log.setGroups(['search']);
    expect([log.waiting, log.counts.lost, log.usedKiB]).toEqual([5, 6, 5]);
    expect([mail?.consumers, mail?.next(0, 1_000)]).toEqual([[], -1]);
  });
});

describe('a log whose machine crashes', () => {
  it.each([
    ['none', 3],
    ['leader', 3],
    ['all', 0],
  ] as const)('with acks %s loses what its followers had not got: %i', (acknowledgement, lost) => {
    const log = filled({ acknowledgement, followersMs: 3 });
    log.crash(9);
    expect([log.counts.lost, log.waiting, log.usedKiB]).toEqual([lost, 10 - lost, 10 - lost]);
  });

  it('keeps what its followers had got, were it nothing but what is done', () => {
    const log = filled({ acknowledgement: 'leader', followersMs: 100 });
    advance(log, log.groups[0]?.name ?? '', 2);
    log.crash(10);
    expect([log.counts.lost, log.waiting, log.usedKiB]).toEqual([8, 0, 0]);
    log.append(3, 1, 20);
    expect([log.waiting, log.usedKiB, log.lagMs(25)]).toEqual([1, 1, 5]);
  });

  it('and whose disks are lost with those of its followers keeps nothing', () => {
    const log = filled({ acknowledgement: 'all' });
    log.groups[0]?.advance(0);
    expect(log.loseDisks(9)).toBe(9);
    expect([log.counts.lost, log.waiting, log.usedKiB]).toEqual([9, 0, 0]);
    log.append(1, 1, 10);
    expect([log.waiting, log.lagMs(12)]).toEqual([1, 2]);
    const group = log.groups[0];
    group?.regroup([1], Int32Array.from([0]), 0, 'none');
    group?.deliver(0, 5);
    expect([log.loseDisks(13), log.counts.lost, group?.jobs]).toEqual([1, 10, [-1]]);
  });

  it('has nobody working on its messages any more', () => {
    const log = filled({ acknowledgement: 'all' });
    const group = log.groups[0];
    group?.regroup([1], Int32Array.from([0]), 0, 'none');
    group?.deliver(0, 5);
    log.crash(100);
    expect([group?.jobs, group?.isIdle(0), group?.deliveries]).toEqual([[-1], true, [1]]);
  });
});
