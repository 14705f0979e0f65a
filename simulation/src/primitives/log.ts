import type { StateHash } from '../kernel/state-hash.ts';
import type { Acknowledgement, RebalancingPolicy } from '../protocol/index.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { Partition } from './partition.ts';

export interface LogOptions {
  /** New messages go to the first so many partitions; others that are there are read to their end. */
  readonly partitions: number;
  /** Room for messages that some group has not done yet. */
  readonly roomKiB: number;
  readonly maxMessageKiB: number;
  /** Messages are deleted when they are older, whether they are done or not. */
  readonly retentionMs: number;
  /** A message that is older is not delivered any more; null when age does not matter. */
  readonly expiryMs: number | null;
  /** Deliveries of a message whose processing fails, before it is put aside. */
  readonly maxDeliveries: number;
  readonly acknowledgement: Acknowledgement;
  /** Until a message is on the followers as well. */
  readonly followersMs: number;
  readonly rebalancing: RebalancingPolicy;
}

/** The group of a log that no consumer has joined yet: the first group to come takes its place. */
const NO_GROUP = '';

/** What became of messages in the present window; a message counts once for each group. */
export class MessageCounts {
  appended = 0;
  consumed = 0;
  expired = 0;
  deadLettered = 0;
  lost = 0;
  redelivered = 0;
  duplicates = 0;
  /** Sum of the times from append to commit of the consumed ones. */
  consumedMs = 0;
}

/**
 * A partitioned, append-only log (Kafka's topic). The key chooses the partition, so that messages of a key
 * keep their order; each group of consumers reads every message once, at its own pace. A message is
 * let go of when every group is done with it, or when it is too old.
 */
export class MessageLog {
  options: LogOptions;
  counts = new MessageCounts();
  /** When its machine crashed last. */
  crashedMs = Number.NEGATIVE_INFINITY;
  readonly partitions: Partition[] = [];
  #groups: ConsumerGroup[] = [new ConsumerGroup(NO_GROUP, this.partitions)];
  #usedKiB = 0;

  constructor(options: LogOptions) {
    this.options = options;
    this.configure(options);
  }

  get groups(): readonly ConsumerGroup[] {
    return this.#groups;
  }

  /** What the messages kept take. */
  get usedKiB(): number {
    return this.#usedKiB;
  }

  /** Messages that are not done, summed over the groups. */
  get waiting(): number {
    return this.#groups.reduce((sum, group) => sum + group.waiting, 0);
  }

  /** Messages that the group furthest behind has not done. */
  get lag(): number {
    return this.#groups.reduce((most, group) => Math.max(most, group.waiting), 0);
  }

  /** Age of the oldest message that some group has not done. */
  lagMs(nowMs: number): number {
    return this.#groups.reduce((most, { oldestMs }) => Math.max(most, nowMs - oldestMs), 0);
  }

  configure(options: LogOptions): void {
    this.options = options;
    while (this.partitions.length < options.partitions) this.partitions.push(new Partition());
    for (const group of this.#groups) group.followPartitions();
  }

  /** Appends a message; its partition, -1 when there is no room for it. */
  append(key: number, kib: number, nowMs: number): number {
    const { roomKiB, partitions } = this.options;
    if (this.#usedKiB + kib > roomKiB) this.forgetOld(nowMs);
    if (this.#usedKiB + kib > roomKiB) return -1;
    const partition = partitionOf(key, partitions);
    (this.partitions[partition] as Partition).append(key, kib, nowMs);
    this.#usedKiB += kib;
    this.counts.appended += this.#groups.length;
    return partition;
  }

  /** Deletes what is older than the retention time, and skips what has expired. */
  forgetOld(nowMs: number): void {
    for (let p = 0; p < this.partitions.length; p++) this.forgetOldIn(p, nowMs);
  }

  /** The same in one partition; how many messages that were. */
  forgetOldIn(partition: number, nowMs: number): number {
    const { retentionMs, expiryMs } = this.options;
    let forgotten = 0;
    for (const group of this.#groups) {
      const lost = group.skipBefore(partition, nowMs - retentionMs);
      const expired = expiryMs === null ? 0 : group.skipBefore(partition, nowMs - expiryMs);
      this.counts.lost += lost;
      this.counts.expired += expired;
      forgotten += lost + expired;
    }
    if (forgotten > 0) this.release(partition);
    return forgotten;
  }

  /** Lets go of a partition's messages that every group is done with. */
  release(partition: number): void {
    let done = Number.POSITIVE_INFINITY;
    for (const group of this.#groups) done = Math.min(done, group.committed[partition] as number);
    this.#usedKiB -= (this.partitions[partition] as Partition).dropBefore(done);
  }

  /**
   * The groups that read the log from now on. A new one takes the place of one that is gone, or begins with
   * the oldest message kept. With no name given the groups stay, for consumers that come back.
   */
  setGroups(names: readonly string[]): void {
    if (names.length === 0) return;
    const gone = this.#groups.filter(({ name }) => !names.includes(name));
    this.#groups = names.map((name) => this.#groupOf(name, gone));
    for (const group of gone) {
      this.counts.lost += group.waiting;
      group.dissolve();
    }
    for (let p = 0; p < this.partitions.length; p++) this.release(p);
  }

  /**
   * The log's machine has crashed: what was not on the followers is lost, unless producers wait for these.
   * Consumers read again what they had not committed.
   */
  crash(nowMs: number): void {
    this.crashedMs = nowMs;
    const { acknowledgement, followersMs } = this.options;
    for (const group of this.#groups) group.dropJobs();
    if (acknowledgement === 'all') return;
    this.partitions.forEach((partition, p) => {
      let safe = partition.end;
      while (safe > partition.first && partition.appendedMs(safe - 1) > nowMs - followersMs) safe--;
      this.#cutFrom(p, safe);
    });
  }

  /** The disks of the log and of its followers are lost with every message on them; how many were not done. */
  loseDisks(nowMs: number): number {
    this.crashedMs = nowMs;
    for (const group of this.#groups) group.dropJobs();
    const before = this.counts.lost;
    this.partitions.forEach((partition, p) => {
      this.#cutFrom(p, partition.first);
    });
    return this.counts.lost - before;
  }

  #cutFrom(partition: number, offset: number): void {
    const cut = this.partitions[partition] as Partition;
    const { end } = cut;
    this.#usedKiB -= cut.dropFrom(offset);
    for (const group of this.#groups) this.counts.lost += group.cutFrom(partition, offset, end);
  }

  #groupOf(name: string, gone: ConsumerGroup[]): ConsumerGroup {
    const known = this.#groups.find((group) => group.name === name);
    if (known !== undefined) return known;
    const predecessor = gone.shift();
    const group = predecessor ?? new ConsumerGroup(name, this.partitions);
    if (predecessor === undefined) this.counts.appended += group.waiting;
    group.name = name;
    return group;
  }

  /** What happened since the last call. */
  takeCounts(): MessageCounts {
    const { counts } = this;
    this.counts = new MessageCounts();
    return counts;
  }

  mixInto(hash: StateHash): void {
    for (const { first, end } of this.partitions) {
      hash.mixInt(first);
      hash.mixInt(end);
    }
    for (const group of this.#groups) group.mixInto(hash);
  }
}

/** Where messages of a key go: Fibonacci hashing (Knuth, vol. 3, 6.4), which spreads neighbours, the hot keys, evenly. */
export function partitionOf(key: number, partitions: number): number {
  return Math.floor(((Math.imul(key + 1, 0x9e3779b1) >>> 0) / 0x1_0000_0000) * partitions);
}
