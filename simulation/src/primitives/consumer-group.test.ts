import { describe, expect, it } from 'vitest';
import { ConsumerGroup, NOBODY } from './consumer-group.ts';
import { Partition } from './partition.ts';

/** Two partitions with a message each at 10 and 20 ms, and two at 30 and 40 ms in the first; consumers 7 and 8. */
function situation() {
  const partitions = [new Partition(), new Partition()] as const;
  partitions[0].append(100, 1, 10);
  partitions[1].append(200, 1, 20);
  partitions[0].append(101, 1, 30);
  partitions[0].append(102, 1, 40);
  const group = new ConsumerGroup('workers', partitions);
  return { group, partitions };
}

function joined(owners: readonly number[], consumers: readonly number[] = [7, 8]) {
  const all = situation();
  all.group.regroup(consumers, Int32Array.from(owners), 0, 'none');
  return all;
}

describe('a consumer group', () => {
  it('gives a consumer the oldest message of its partitions', () => {
    const { group } = joined([0, 0], [7]);
    const order: number[] = [];
    for (let p = group.next(0, 50); p !== NOBODY; p = group.next(0, 50)) {
      group.deliver(p, 1);
      order.push(group.headKey(p));
      group.advance(p);
      group.endJob(p);
    }
    expect(order).toEqual([100, 200, 101, 102]);
    expect([group.waiting, group.oldestMs]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it('has one message of a partition in work at a time, and one at each consumer', () => {
    const { group } = joined([0, 1]);
    expect([group.next(0, 50), group.next(1, 50)]).toEqual([0, 1]);
    group.deliver(0, 1);
    expect([group.next(0, 50), group.isIdle(0), group.isIdle(1)]).toEqual([NOBODY, false, true]);
  });

  it('has a consumer free again once its message is over, and knows until then whose it is', () => {
    const { group } = joined([1, 0]);
    group.deliver(0, 1);
    expect([group.workerOf(0), group.isIdle(1)]).toEqual([8, false]);
    group.regroup([8, 7], Int32Array.from([1, 1]), 0, 'none');
    expect(group.workerOf(0)).toBe(8);
    expect([group.endJob(0), group.isIdle(0), group.isIdle(1)]).toEqual([0, true, true]);
    expect(group.endJob(0)).toBe(NOBODY);
  });

  it('takes the first of the partitions whose oldest messages are equally old', () => {
    const { group, partitions } = joined([0, 0], [7]);
    group.skipBefore(1, 21);
    partitions[1].append(201, 1, 10);
    expect(group.next(0, 50)).toBe(0);
  });

  it('is due again when the first of its holds ends', () => {
    const { group } = joined([0, 1]);
    group.hold(0, 300);
    group.hold(1, 500);
    group.hold(1, 400);
    expect([group.nextDueMs(0), group.nextDueMs(300), group.nextDueMs(500)]).toEqual([
      300,
      500,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('delivers again what was in work when every job is dropped, and nothing once it is dissolved', () => {
    const { group } = joined([0, 1]);
    group.deliver(0, 42);
    group.deliver(1, 43);
    group.dropJobs();
    expect([group.jobs, group.isIdle(0), group.isIdle(1)]).toEqual([[NOBODY, NOBODY], true, true]);
    expect([group.next(0, 50), group.next(1, 50), group.deliveries]).toEqual([0, 1, [1, 1]]);
    group.deliver(0, 44);
    group.dissolve();
    expect([group.jobs[0], group.next(0, 50), group.next(1, 50)]).toEqual([NOBODY, NOBODY, NOBODY]);
    expect([group.consumers, group.owners]).toEqual([[], [NOBODY, NOBODY]]);
  });

  it('leaves a message in work with its consumer when the group changes and that one stays', () => {
    const { group } = joined([0, 1]);
    group.deliver(0, 42);
    group.regroup([8, 7], Int32Array.from([0, 0]), 1_000, 'moved');
    expect(group.jobs).toEqual([42, NOBODY]);
    expect([group.isIdle(0), group.isIdle(1)]).toEqual([true, false]);
    expect(group.endJob(0)).toBe(1);
  });

  it('takes a message back from a consumer that is gone', () => {
    const { group } = joined([0, 1]);
    group.deliver(0, 42);
    group.effective[0] = true;
    group.regroup([8], Int32Array.from([0, 0]), 0, 'none');
    expect([group.jobs[0], group.next(0, 50), group.deliveries[0]]).toEqual([NOBODY, 0, 1]);
    group.deliver(0, 43);
    expect([group.deliveries[0], group.effective[0]]).toEqual([2, true]);
    group.advance(0);
    expect([group.deliveries[0], group.effective[0]]).toEqual([0, false]);
  });

  it.each([
    ['all', [1_000, 1_000]],
    ['moved', [0, 1_000]],
    ['none', [0, 0]],
  ] as const)('stops %s partitions while it rebalances', (stops, heldUntilMs) => {
    const { group } = joined([0, 1]);
    group.regroup([7, 9], Int32Array.from([0, 1]), 1_000, stops);
    expect(group.heldUntilMs).toEqual(heldUntilMs);
    expect(group.next(1, 999)).toBe(stops === 'none' ? 1 : NOBODY);
    expect(group.next(1, 1_000)).toBe(1);
    expect(group.nextDueMs(0)).toBe(stops === 'none' ? Number.POSITIVE_INFINITY : 1_000);
  });

  it('skips what is older than a time, except a message in work', () => {
    const { group } = joined([0, 1]);
    group.deliver(0, 42);
    expect([group.skipBefore(0, 35), group.skipBefore(1, 20), group.skipBefore(1, 21)]).toEqual([
      0, 0, 1,
    ]);
    group.endJob(0);
    expect([group.skipBefore(0, 35), group.waiting, group.oldestMs]).toEqual([2, 1, 40]);
  });

  it('loses what its log loses, and has done no more than there is', () => {
    const { group, partitions } = joined([0, 0], [7]);
    group.advance(0);
    partitions[0].dropFrom(2);
    expect(group.cutFrom(0, 2, 3)).toBe(1);
    expect([group.committed[0], group.waiting]).toEqual([1, 2]);
    partitions[0].dropFrom(0);
    expect(group.cutFrom(0, 0, 2)).toBe(1);
    expect([group.committed[0], group.waiting]).toEqual([0, 1]);
  });

  it('begins anew with the message that comes in place of a lost one', () => {
    const { group, partitions } = joined([0, 0], [7]);
    group.deliver(0, 1);
    group.effective[0] = true;
    group.endJob(0);
    partitions[0].dropFrom(0);
    expect(group.cutFrom(0, 0, 3)).toBe(3);
    expect([group.deliveries[0], group.effective[0], group.isBehind(0)]).toEqual([0, false, false]);
    partitions[0].append(103, 1, 60);
    expect([group.headKey(0), group.headMs(0)]).toEqual([103, 60]);
  });

  it('delivers from a partition that came later, to whom it is given', () => {
    const { group, partitions } = situation();
    const more: Partition[] = [...partitions];
    const late = new ConsumerGroup('late', more);
    late.regroup([7], Int32Array.from([0, 0]), 0, 'none');
    more.push(new Partition());
    more[2]?.append(300, 1, 5);
    late.followPartitions();
    expect([late.owners[2], late.jobs[2], late.effective[2]]).toEqual([NOBODY, NOBODY, false]);
    late.regroup([7], Int32Array.from([0, 0, 0]), 0, 'none');
    expect([late.next(0, 50), group.waiting]).toEqual([2, 4]);
  });

  it('begins with the oldest message kept, also of partitions that come later', () => {
    const partitions = [new Partition()];
    const early = new ConsumerGroup('early', partitions);
    partitions[0]?.append(1, 1, 0);
    partitions[0]?.append(2, 1, 0);
    partitions[0]?.dropBefore(1);
    const late = new ConsumerGroup('late', partitions);
    expect([early.waiting, late.waiting]).toEqual([2, 1]);
    partitions.push(new Partition());
    partitions[1]?.append(3, 1, 0);
    late.followPartitions();
    expect(late.waiting).toBe(2);
  });
});
