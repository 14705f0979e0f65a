import { Absent, PEER_NAMES, type PeerName, peerWork, type Worked } from './peers.ts';
import { bundledProgram } from './program.ts';

/** A queue that every program works through, and what theory says of it. */
export interface Queue {
  readonly name: 'mm1' | 'mm64' | 'network' | 'closed';
  readonly title: string;
  /** A customer's mean time, to tell a program that does other work. */
  readonly mean: number;
}

/**
 * Sources of the means: M/M/1 and M/M/c (Erlang C); for the network the sum over its nodes, the balancer
 * M/M/1, each server E4/M/1 as it gets every fourth of a Poisson stream, cache and database nearly M/M/1;
 * exact mean value analysis for the closed network.
 */
export const QUEUES: readonly Queue[] = [
  { name: 'mm1', title: 'M/M/1, load .8', mean: 5 },
  { name: 'mm64', title: 'M/M/64, load .8', mean: 1.004379 },
  { name: 'network', title: 'balancer, 4 servers, 80 % cache, database', mean: 11.717317 },
  { name: 'closed', title: 'closed network, 50 customers', mean: 0.507423 },
];

const CUSTOMERS = 1_000_000;
/**
 * A mean of N customers may be off by four standard errors, and by a hundredth where theory is only nearly right.
 * The error of M/M/1 at load .8 (Daley, 1968), the largest of all, is 8.9 of its mean over the root of N.
 */
const tolerance = (customers: number) => 0.01 + (4 * 8.9) / Math.sqrt(customers);

/** How much of the work is done, and how often. */
export interface Effort {
  readonly rounds: number;
  /** Share of the customers of a whole run. */
  readonly share: number;
}

/** Ratios of a peer's time to ours, or why there are none. */
type Ratios = readonly number[] | Absent;

const compared = new Map<string, Promise<ReadonlyMap<PeerName, Ratios>>>();

/**
 * How many times as fast as a peer we are, by processor time a customer: the median of rounds by turns, so that
 * what else the machine does in the meantime slows both alike. Throws `Absent` for a peer that is not here.
 */
export async function speedBeside(peer: PeerName, queue: Queue, effort: Effort): Promise<number> {
  const comparison = compared.get(queue.name) ?? compare(queue, effort);
  compared.set(queue.name, comparison);
  const ratios = (await comparison).get(peer) as Ratios;
  if (ratios instanceof Absent) throw ratios;
  return median(ratios);
}

async function compare(queue: Queue, effort: Effort): Promise<ReadonlyMap<PeerName, Ratios>> {
  const ratios = new Map<PeerName, Ratios>();
  for (let round = 0; round < effort.rounds; round += 1) {
    const ours = await ourWork(queue, effort.share);
    for (const peer of PEER_NAMES) {
      const known = ratios.get(peer) ?? [];
      if (known instanceof Absent) continue;
      const theirs = await theirWork(peer, queue, effort.share);
      ratios.set(peer, theirs instanceof Absent ? theirs : [...known, theirs / ours]);
    }
  }
  return ratios;
}

/** Nanoseconds a customer in our whole simulator. */
async function ourWork(queue: Queue, share: number): Promise<number> {
  const customers = String(Math.ceil(CUSTOMERS * share));
  const worked = await bundledProgram<Worked>('simulation/bench/queues.ts', [
    queue.name,
    customers,
  ]);
  return perCustomer('our simulator', queue, worked);
}

async function theirWork(peer: PeerName, queue: Queue, share: number): Promise<number | Absent> {
  try {
    return perCustomer(peer, queue, await peerWork(peer, queue.name, share));
  } catch (error) {
    if (error instanceof Absent) return error;
    throw error;
  }
}

function perCustomer(who: string, queue: Queue, { customers, cpuMs, mean }: Worked): number {
  if (Math.abs(mean / queue.mean - 1) > tolerance(customers)) {
    throw new Error(`${who} says ${mean} for ${queue.title}, theory ${queue.mean}`);
  }
  return (cpuMs / customers) * 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}
