import { REBALANCING } from '../policies/rebalancing.ts';
import { afterFailure } from '../policies/redelivery.ts';
import { type ConsumerGroup, NOBODY } from '../primitives/consumer-group.ts';
import type { MessageLog } from '../primitives/log.ts';
import type { Timers } from '../primitives/timers.ts';
import type { RunningNode } from './running-node.ts';

/** For so long nobody reads the partitions that a rebalance stops (Kafka's `group.initial.rebalance.delay.ms`). */
export const REBALANCE_MS = 3_000;
/** A consumer's number is its node's times this, plus its place there. */
const CONSUMERS_PER_NODE = 1_024;

export interface SubscriptionOptions {
  readonly timers: Timers;
  /** Whether a consumer's node, by number, takes new messages. */
  readonly takesMessages: (node: number) => boolean;
  /** Begins the delivery of the oldest message of a partition; the job that carries it. */
  readonly start: (subscription: Subscription, partition: number, nowMs: number) => number;
}

/** Who reads what, and the number of that among all subscriptions of the run. */
export interface Subscribed {
  readonly number: number;
  readonly node: RunningNode;
  readonly log: MessageLog;
  readonly group: ConsumerGroup;
}

/** One group's reading of the log of a node: who gets which message when, and what becomes of it. */
export class Subscription {
  readonly number: number;
  readonly node: RunningNode;
  readonly group: ConsumerGroup;
  readonly #log: MessageLog;
  readonly #start: SubscriptionOptions['start'];
  readonly #takesMessages: SubscriptionOptions['takesMessages'];
  readonly #timers: Timers;
  readonly #timer: number;

  constructor(of: Subscribed, { timers, takesMessages, start }: SubscriptionOptions) {
    this.number = of.number;
    this.node = of.node;
    this.group = of.group;
    this.#log = of.log;
    this.#start = start;
    this.#takesMessages = takesMessages;
    this.#timers = timers;
    this.#timer = timers.create(of.node.number, (nowMs) => this.wake(nowMs));
  }

  /** A partition has a message more. */
  offer(partition: number, nowMs: number): void {
    const owner = this.group.owners[partition] as number;
    if (owner !== NOBODY) this.#feed(owner, nowMs);
  }

  /** Gives every idle consumer a message, and sees to it that partitions on hold are looked at in time. */
  wake(nowMs: number): void {
    for (let consumer = 0; consumer < this.group.consumers.length; consumer++) {
      this.#feed(consumer, nowMs);
    }
    this.#setTimer(nowMs);
  }

  /** The node of the consumer that a partition's message in work was given to. */
  workerNode(partition: number): number {
    return nodeOf(this.group.workerOf(partition));
  }

  isCurrent(partition: number, job: number): boolean {
    return this.group.jobs[partition] === job;
  }

  /**
   * What a message asks for was done by a delivery that began then. That may be one which was taken back from its
   * consumer; after a crash of the log the offset may be another message's.
   */
  tookEffect(partition: number, offset: number, startedMs: number): void {
    const { committed, effective } = this.group;
    if (committed[partition] === offset && startedMs >= this.#log.crashedMs) {
      effective[partition] = true;
    }
  }

  /** A partition's message has been processed: its offset is committed. */
  done(partition: number, nowMs: number): void {
    const { group } = this;
    const { counts } = this.#log;
    counts.consumed++;
    counts.consumedMs += nowMs - group.headMs(partition);
    this.#advance(partition);
    this.#goOn(partition, nowMs);
  }

  /** The processing of a partition's message has failed: it comes again later, or is put aside. */
  failed(partition: number, nowMs: number): void {
    const { group } = this;
    const deliveries = group.deliveries[partition] as number;
    const after = afterFailure(deliveries, this.#log.options.maxDeliveries);
    if (after.outcome === 'dead-letter') {
      this.#log.counts.deadLettered++;
      this.#advance(partition);
    } else {
      group.hold(partition, nowMs + after.afterMs);
    }
    this.#goOn(partition, nowMs);
    this.#setTimer(nowMs);
  }

  /** The group's consumers from now on, or the log's partitions, are others. `settled`: the group has been so for long, there is no rebalance. */
  regroup(consumers: readonly number[], settled: boolean, nowMs: number): void {
    const { group } = this;
    const before = group.consumers;
    const isSame = before.length === consumers.length && before.every((c, i) => c === consumers[i]);
    const isShared = consumers.length === 0 || !group.owners.includes(NOBODY);
    if (isSame && isShared) return;
    const { assign, stops } = REBALANCING[this.#log.options.rebalancing];
    const owners = assign({
      partitions: group.owners.length,
      consumers: consumers.length,
      owners: group.owners.map((owner) => consumers.indexOf(before[owner] ?? NOBODY)),
    });
    group.regroup(consumers, owners, nowMs + REBALANCE_MS, settled ? 'none' : stops);
  }

  #advance(partition: number): void {
    this.group.advance(partition);
    this.#log.release(partition);
  }

  #goOn(partition: number, nowMs: number): void {
    const free = this.group.endJob(partition);
    const owner = this.group.owners[partition] as number;
    if (free !== NOBODY) this.#feed(free, nowMs);
    if (owner !== NOBODY && owner !== free) this.#feed(owner, nowMs);
  }

  #feed(consumer: number, nowMs: number): void {
    const { group } = this;
    if (!this.node.ready || !group.isIdle(consumer)) return;
    if (!this.#takesMessages(nodeOf(group.consumers[consumer] as number))) return;
    const partition = this.#nextOf(consumer, nowMs);
    if (partition === NOBODY) return;
    group.deliver(partition, this.#start(this, partition, nowMs));
    const { counts } = this.#log;
    if ((group.deliveries[partition] as number) > 1) counts.redelivered++;
    if (group.effective[partition]) counts.duplicates++;
  }

  /** The partition whose message the consumer gets next, once those that are too old are gone. */
  #nextOf(consumer: number, nowMs: number): number {
    for (;;) {
      const partition = this.group.next(consumer, nowMs);
      if (partition === NOBODY) return NOBODY;
      if (this.#log.forgetOldIn(partition, nowMs) === 0) return partition;
    }
  }

  #setTimer(nowMs: number): void {
    const dueMs = this.group.nextDueMs(nowMs);
    if (dueMs < Number.POSITIVE_INFINITY) this.#timers.arm(this.#timer, dueMs);
  }
}

/** The number of a consumer's node. */
function nodeOf(consumer: number): number {
  return Math.floor(consumer / CONSUMERS_PER_NODE);
}

/** The consumers that a node has for a group: one for each message that it works on at once. */
export function consumersOf(node: RunningNode): number[] {
  const { concurrency } = node.consumer ?? { concurrency: 0 };
  return Array.from(
    { length: concurrency },
    (_, place) => node.number * CONSUMERS_PER_NODE + place,
  );
}
