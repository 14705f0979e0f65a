import type { RebalancingPolicy } from '../protocol/index.ts';

/** What is known when the consumers of a group change. */
export interface Membership {
  readonly partitions: number;
  /** Consumers from now on. */
  readonly consumers: number;
  /** By partition: which of these consumers has it so far, -1 when none. */
  readonly owners: ArrayLike<number>;
}

export interface Rebalancing {
  /** By partition: its consumer from now on; -1 when there is none at all. */
  assign(membership: Membership): Int32Array;
  /** Which partitions nobody reads while the group rebalances: all of them, or those that change hands. */
  readonly stops: 'all' | 'moved';
}

/**
 * How a consumer group shares its partitions; the shares differ by one at most, and consumers beyond the
 * number of partitions are idle. `range` gives each consumer a run of neighbours and stops the whole group
 * (Kafka's RangeAssignor with the eager protocol); `cooperative` moves as few partitions as it can and
 * stops only these (Kafka's CooperativeStickyAssignor).
 */
export const REBALANCING = {
  range: { assign: inRuns, stops: 'all' },
  cooperative: { assign: withFewMoves, stops: 'moved' },
} satisfies Record<RebalancingPolicy, Rebalancing>;

function inRuns({ partitions, consumers }: Membership): Int32Array {
  const owners = new Int32Array(partitions).fill(-1);
  if (consumers === 0) return owners;
  const share = Math.floor(partitions / consumers);
  const larger = partitions % consumers;
  for (let p = 0; p < partitions; p++) {
    const inLarger = Math.floor(p / (share + 1));
    owners[p] =
      inLarger < larger ? inLarger : larger + Math.floor((p - larger * (share + 1)) / share);
  }
  return owners;
}

function withFewMoves({ partitions, consumers, owners: before }: Membership): Int32Array {
  const owners = new Int32Array(partitions).fill(-1);
  if (consumers === 0) return owners;
  const share = Math.floor(partitions / consumers);
  let larger = partitions % consumers;
  const has = new Int32Array(consumers);
  const give = (partition: number, consumer: number) => {
    const more = (has[consumer] as number) >= share;
    if (has[consumer] === share + 1 || (more && larger === 0)) return;
    if (more) larger--;
    has[consumer] = (has[consumer] as number) + 1;
    owners[partition] = consumer;
  };
  for (let p = 0; p < partitions; p++) {
    const owner = before[p] ?? -1;
    if (owner >= 0) give(p, owner);
  }
  for (let p = 0; p < partitions; p++) {
    if ((owners[p] as number) < 0) give(p, leastOf(has));
  }
  return owners;
}

/** The first place with the lowest value. */
function leastOf(values: Int32Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) {
    if ((values[i] as number) < (values[least] as number)) least = i;
  }
  return least;
}
