import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { MessageLog } from '../primitives/log.ts';
import { Timers } from '../primitives/timers.ts';
import { REBALANCING_POLICIES } from '../protocol/index.ts';
import { ENDLESS } from '../testing/message-lab.ts';
import type { RunningNode } from './running-node.ts';
import { REBALANCE_MS, Subscription } from './subscription.ts';

const PARTITIONS = 5;
const TIMER = 1;

/** Something that happens to a group; places are taken modulo what there is. */
type Deed =
  | { readonly do: 'append'; readonly key: number }
  | { readonly do: 'done' | 'fail' | 'effect'; readonly job: number }
  | { readonly do: 'consumers'; readonly set: number }
  | { readonly do: 'wait'; readonly ms: number };

/** A job: one delivery of a message, to a consumer that may be gone meanwhile. */
interface Job {
  readonly partition: number;
  readonly offset: number;
  readonly key: number;
}

/** A log with one group, whose jobs end when the test says so. */
class World {
  readonly log: MessageLog;
  readonly subscription: Subscription;
  nowMs = 0;
  /** Jobs under way, by number; those of consumers that are gone among them. */
  readonly jobs = new Map<number, Job>();
  readonly committed: Job[] = [];
  deliveries = 0;
  readonly #queue = new EventQueue();
  readonly #timers = new Timers(this.#queue, TIMER);

  constructor(rebalancing: (typeof REBALANCING_POLICIES)[number], maxDeliveries = 1e9) {
    this.log = new MessageLog({ ...ENDLESS, partitions: PARTITIONS, rebalancing, maxDeliveries });
    this.log.setGroups(['workers']);
    const node = { number: 0, ready: true } as RunningNode;
    const [group] = this.log.groups;
    if (group === undefined) throw new Error('a log has a group');
    this.subscription = new Subscription(
      { number: 0, node, log: this.log, group },
      {
        timers: this.#timers,
        takesMessages: () => true,
        start: (_, partition) => this.#start(partition),
      },
    );
  }

  do(deed: Deed): void {
    switch (deed.do) {
      case 'append': {
        this.subscription.offer(this.log.append(deed.key, 1, this.nowMs), this.nowMs);
        return;
      }
      case 'consumers':
        return this.setConsumers([0, 1, 2, 3, 4, 5].filter((n) => (deed.set >> n) & 1));
      case 'wait':
        return this.wait(deed.ms);
      default: {
        const number = [...this.jobs.keys()][deed.job % Math.max(1, this.jobs.size)];
        if (number !== undefined) this.end(number, deed.do);
      }
    }
  }

  setConsumers(consumers: readonly number[]): void {
    this.subscription.regroup(consumers, false, this.nowMs);
    this.subscription.wake(this.nowMs);
  }

  wait(ms: number): void {
    const until = this.nowMs + ms;
    while (this.#queue.peekTimeMs() <= until) {
      this.#queue.pop();
      this.nowMs = this.#queue.timeMs;
      this.#timers.onEvent(this.#queue.a, this.#queue.b, this.nowMs);
    }
    this.nowMs = until;
  }

  end(number: number, how: 'done' | 'fail' | 'effect'): void {
    const job = this.jobs.get(number) as Job;
    if (!this.subscription.isCurrent(job.partition, number)) {
      this.jobs.delete(number);
    } else if (how === 'effect') {
      this.subscription.group.effective[job.partition] = true;
    } else {
      this.jobs.delete(number);
      if (how === 'done') this.committed.push(job);
      if (how === 'done') this.subscription.done(job.partition, this.nowMs);
      else this.subscription.failed(job.partition, this.nowMs);
    }
  }

  /** Lets everything that waits be processed. */
  finish(): void {
    if (this.subscription.group.consumers.length === 0) this.setConsumers([0]);
    for (let i = 0; i < 10_000 && this.log.waiting > 0; i++) {
      const [number] = this.jobs.keys();
      if (number === undefined) this.wait(1_000);
      else this.end(number, 'done');
    }
  }

  get current(): Job[] {
    const { subscription } = this;
    return [...this.jobs]
      .filter(([n, { partition }]) => subscription.isCurrent(partition, n))
      .map(([, job]) => job);
  }

  #start(partition: number): number {
    const { group } = this.subscription;
    const offset = group.committed[partition] as number;
    this.deliveries++;
    this.jobs.set(this.deliveries, { partition, offset, key: group.headKey(partition) });
    return this.deliveries;
  }
}

const deeds = (...happen: readonly ('crash' | 'fail')[]) =>
  fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('append' as const), key: fc.nat(20) }),
      },
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constantFrom(
            ...(['done', 'effect', ...(happen.includes('fail') ? ['fail'] : [])] as 'done'[]),
          ),
          job: fc.nat(20),
        }),
      },
      {
        weight: happen.includes('crash') ? 2 : 0,
        arbitrary: fc.record({ do: fc.constant('consumers' as const), set: fc.nat(63) }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(4_000) }),
      },
    ),
    { maxLength: 120, size: 'max' },
  );

describe.each(REBALANCING_POLICIES)('a group that rebalances by %s', (policy) => {
  it('commits every message once and in order, per partition and per key, whatever happens to consumers', () => {
    fc.assert(
      fc.property(deeds('crash', 'fail'), (list) => {
        const world = new World(policy);
        for (const deed of list) {
          world.do(deed);
          const busy = world.current.map(({ partition }) => partition);
          expect(new Set(busy).size).toBe(busy.length);
          expect(busy.length).toBeLessThanOrEqual(world.subscription.group.consumers.length);
        }
        world.finish();
        const appended = list.filter((deed) => deed.do === 'append').length;
        expect(world.committed.length).toBe(appended);
        for (let p = 0; p < PARTITIONS; p++) {
          const offsets = world.committed.filter((job) => job.partition === p);
          expect(offsets.map(({ offset }) => offset)).toEqual(offsets.map((_, i) => i));
        }
        const { consumed, redelivered } = world.log.counts;
        expect([consumed, world.deliveries]).toEqual([appended, appended + redelivered]);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('delivers every message exactly once while no consumer goes and nothing fails', () => {
    fc.assert(
      fc.property(deeds(), (list) => {
        const world = new World(policy);
        world.setConsumers([0, 1, 2]);
        for (const deed of list) world.do(deed);
        world.finish();
        const { appended, consumed, redelivered, duplicates } = world.log.counts;
        expect([world.deliveries, consumed, redelivered, duplicates]).toEqual([
          appended,
          appended,
          0,
          0,
        ]);
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});

describe('a consumer that is gone', () => {
  it('leaves its message to another, which is a duplicate when it had had its effect', () => {
    const world = new World('range');
    world.setConsumers([1, 2]);
    world.wait(REBALANCE_MS);
    for (let key = 0; key < PARTITIONS; key++) world.do({ do: 'append', key });
    expect(world.current.length).toBe(2);
    const [first, second] = [...world.jobs.keys()] as [number, number];
    world.end(first, 'effect');
    world.setConsumers([]);
    world.setConsumers([3]);
    world.end(first, 'done');
    world.end(second, 'fail');
    expect([world.committed, world.log.counts.redelivered]).toEqual([[], 0]);
    world.finish();
    expect(world.log.counts).toMatchObject({ consumed: 5, redelivered: 2, duplicates: 1 });
  });
});

describe('a rebalance', () => {
  const moved = (policy: (typeof REBALANCING_POLICIES)[number]) => {
    const world = new World(policy);
    world.setConsumers([1, 2]);
    world.wait(REBALANCE_MS);
    for (let key = 0; key < 40; key++) world.do({ do: 'append', key });
    world.setConsumers([1, 2, 3]);
    for (const number of [...world.jobs.keys()]) world.end(number, 'done');
    const at = [world.current.length];
    world.wait(REBALANCE_MS - 1);
    at.push(world.current.length);
    world.wait(1);
    return [...at, world.current.length];
  };

  it('stops the whole group by range, and only what moves when it is cooperative', () => {
    expect(moved('range')).toEqual([0, 0, 3]);
    expect(moved('cooperative')).toEqual([2, 2, 3]);
  });
});

describe('a message that fails', () => {
  it('holds up its partition only, comes again after a wait, and is put aside in the end', () => {
    const world = new World('range', 3);
    world.setConsumers([1]);
    world.wait(REBALANCE_MS);
    world.do({ do: 'append', key: 0 });
    world.do({ do: 'append', key: 0 });
    world.do({ do: 'append', key: 1 });
    const failFirst = () => world.end([...world.jobs.keys()][0] as number, 'fail');
    failFirst();
    expect(world.current.map(({ key }) => key)).toEqual([1]);
    world.do({ do: 'done', job: 0 });
    expect(world.current).toEqual([]);
    world.wait(200);
    failFirst();
    world.wait(399);
    expect(world.current).toEqual([]);
    world.wait(1);
    failFirst();
    expect(world.log.counts).toMatchObject({ deadLettered: 1, redelivered: 2, consumed: 1 });
    expect(world.current.map(({ offset }) => offset)).toEqual([1]);
  });
});
