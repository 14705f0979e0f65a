import type { StateHash } from '../kernel/state-hash.ts';
import type { Partition } from './partition.ts';

/** Nobody, where a number of a job or of a consumer stands otherwise. */
export const NOBODY = -1;

/**
 * How far one group of consumers is in a log: its committed offset in each partition, and which consumer
 * has the partition. A consumer works on one message at a time, and so does a partition, so that messages
 * of a partition are processed in order. What is not committed is delivered again: at least once.
 */
export class ConsumerGroup {
  name: string;
  /** The consumers, by number: which one that is to whoever runs them. */
  consumers: readonly number[] = [];
  /** By partition: the offset of the oldest message that is not done. */
  readonly committed: number[] = [];
  /** By partition: the consumer that reads it, or NOBODY. */
  owners: number[] = [];
  /** By partition: the job that processes its oldest message, or NOBODY. */
  readonly jobs: number[] = [];
  /** By partition: nothing is delivered before this time. */
  readonly heldUntilMs: number[] = [];
  /** By partition: deliveries of its oldest message so far. */
  readonly deliveries: number[] = [];
  /** By partition: whether its oldest message has had its effect in an earlier delivery. */
  readonly effective: boolean[] = [];
  /** By partition: which consumer processes its oldest message, if one does. */
  readonly #workers: number[] = [];
  #busy: Uint8Array = new Uint8Array(0);
  readonly #partitions: readonly Partition[];

  /** It begins with the oldest message that each partition keeps. */
  constructor(name: string, partitions: readonly Partition[]) {
    this.name = name;
    this.#partitions = partitions;
    this.followPartitions();
  }

  /** Messages that are not done, over all partitions. */
  get waiting(): number {
    return this.#partitions.reduce(
      (sum, { end }, p) => sum + end - (this.committed[p] as number),
      0,
    );
  }

  /** When the oldest message that is not done was appended; infinity when all are done. */
  get oldestMs(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (let p = 0; p < this.committed.length; p++) {
      if (this.isBehind(p)) oldest = Math.min(oldest, this.headMs(p));
    }
    return oldest;
  }

  isBehind(partition: number): boolean {
    return (this.committed[partition] as number) < (this.#partitions[partition] as Partition).end;
  }

  /** When a partition's oldest message that is not done was appended; there must be one. */
  headMs(partition: number): number {
    return (this.#partitions[partition] as Partition).appendedMs(
      this.committed[partition] as number,
    );
  }

  headKey(partition: number): number {
    return (this.#partitions[partition] as Partition).key(this.committed[partition] as number);
  }

  /** Nothing of a partition is delivered before a time. */
  hold(partition: number, untilMs: number): void {
    this.heldUntilMs[partition] = Math.max(this.heldUntilMs[partition] as number, untilMs);
  }

  /** The first time after now at which a partition is not on hold any more; infinity when none is on hold. */
  nextDueMs(nowMs: number): number {
    let due = Number.POSITIVE_INFINITY;
    for (const untilMs of this.heldUntilMs) if (untilMs > nowMs && untilMs < due) due = untilMs;
    return due;
  }

  /** The consumer that a partition's message in work was given to, which may own the partition no more. */
  workerOf(partition: number): number {
    return this.consumers[this.#workers[partition] as number] as number;
  }

  isIdle(consumer: number): boolean {
    return this.#busy[consumer] === 0;
  }

  /** The consumer's partition whose next message has waited longest, NOBODY when none may be delivered now. */
  next(consumer: number, nowMs: number): number {
    let best = NOBODY;
    let oldest = Number.POSITIVE_INFINITY;
    for (let p = 0; p < this.owners.length; p++) {
      if (this.owners[p] !== consumer || this.jobs[p] !== NOBODY) continue;
      if ((this.heldUntilMs[p] as number) > nowMs || !this.isBehind(p)) continue;
      const headMs = this.headMs(p);
      if (headMs < oldest) {
        oldest = headMs;
        best = p;
      }
    }
    return best;
  }

  /** A partition's next message goes to the consumer that owns the partition, as a job. */
  deliver(partition: number, job: number): void {
    const consumer = this.owners[partition] as number;
    this.jobs[partition] = job;
    this.#workers[partition] = consumer;
    this.#busy[consumer] = 1;
    this.deliveries[partition] = (this.deliveries[partition] as number) + 1;
  }

  /** A partition's job is over, whatever came of it; the consumer that is free now, or NOBODY. */
  endJob(partition: number): number {
    const consumer = this.#workers[partition] as number;
    this.jobs[partition] = NOBODY;
    this.#workers[partition] = NOBODY;
    if (consumer !== NOBODY) this.#busy[consumer] = 0;
    return consumer;
  }

  /** A partition's oldest message is done with; the next one comes. */
  advance(partition: number): void {
    this.committed[partition] = (this.committed[partition] as number) + 1;
    this.deliveries[partition] = 0;
    this.effective[partition] = false;
  }

  /** Skips a partition's messages from before a time, except one in work; how many. */
  skipBefore(partition: number, timeMs: number): number {
    let skipped = 0;
    while (
      this.jobs[partition] === NOBODY &&
      this.isBehind(partition) &&
      this.headMs(partition) < timeMs
    ) {
      this.advance(partition);
      skipped++;
    }
    return skipped;
  }

  /**
   * Other consumers from now on. A message in work stays with its consumer when that one is still there;
   * else nobody has it, and it is delivered again. `stops`: partitions that nobody reads before `untilMs`.
   */
  regroup(
    consumers: readonly number[],
    owners: Int32Array,
    untilMs: number,
    stops: 'all' | 'moved' | 'none',
  ): void {
    const before = this.consumers;
    this.#busy = new Uint8Array(consumers.length);
    for (let p = 0; p < owners.length; p++) {
      const owner = before[this.owners[p] as number];
      const moved = owner !== consumers[owners[p] as number];
      if (stops === 'all' || (stops === 'moved' && moved)) {
        this.hold(p, untilMs);
      }
      const worker = before[this.#workers[p] as number];
      this.#rehire(p, worker === undefined ? NOBODY : consumers.indexOf(worker));
    }
    this.consumers = consumers;
    this.owners = [...owners];
  }

  /** Takes every job away from its consumer; the messages are delivered again. */
  dropJobs(): void {
    for (let p = 0; p < this.jobs.length; p++) this.endJob(p);
  }

  /** The group is gone: nothing is delivered any more, and what is in work counts for nobody. */
  dissolve(): void {
    this.dropJobs();
    this.consumers = [];
    this.owners.fill(NOBODY);
  }

  /** The log has let go of a partition's messages from an offset on; how many of these were not done. */
  cutFrom(partition: number, offset: number, end: number): number {
    const committed = this.committed[partition] as number;
    if (committed < offset) return end - offset;
    this.committed[partition] = offset;
    this.deliveries[partition] = 0;
    this.effective[partition] = false;
    return end - committed;
  }

  /** Makes room for partitions that the log has got since. */
  followPartitions(): void {
    for (let p = this.committed.length; p < this.#partitions.length; p++) {
      this.committed.push((this.#partitions[p] as Partition).first);
      this.owners.push(NOBODY);
      this.jobs.push(NOBODY);
      this.#workers.push(NOBODY);
      this.heldUntilMs.push(0);
      this.deliveries.push(0);
      this.effective.push(false);
    }
  }

  mixInto(hash: StateHash): void {
    hash.mixText(this.name);
    for (let p = 0; p < this.committed.length; p++) {
      hash.mixInt(this.committed[p] as number);
      hash.mixInt(this.owners[p] as number);
      hash.mixInt(this.deliveries[p] as number);
      hash.mixFloat(this.heldUntilMs[p] as number);
    }
  }

  /** The consumer that processes a partition's message has another number now, or is gone. */
  #rehire(partition: number, consumer: number): void {
    this.#workers[partition] = consumer;
    if (consumer === NOBODY) this.jobs[partition] = NOBODY;
    else this.#busy[consumer] = 1;
  }
}
