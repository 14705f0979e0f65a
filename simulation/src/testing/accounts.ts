import type { Simulator } from '../execution/simulator.ts';
import type { TokenPool } from '../primitives/token-pool.ts';
import { errorCount, type Measurement, type NodeId } from '../protocol/index.ts';

/** No figure of a row of a few simulated minutes comes near this. */
const BOUND = 1e9;

/** Follows a run's windows, each of which must account for what the one before left in flight. */
export class WindowAccounts {
  readonly #inFlight = new Map<NodeId, number>();

  /** What is wrong with the next window's rows, each with its node. A node without a row in it has left nothing. */
  faultsIn(rows: readonly Measurement[]): string[] {
    const faults = rows.flatMap((row) => {
      const before = this.#inFlight.get(row.node) ?? 0;
      return [...imbalance(row, before), ...impossibilities(row)].map((it) => `${row.node}: ${it}`);
    });
    this.#inFlight.clear();
    for (const { node, inFlight } of rows) this.#inFlight.set(node, inFlight);
    return faults;
  }
}

/** What a simulator still holds once all requests should have ended, and which nodes' sums disagree, each with its place. */
export function unrestIn({ inFlight, topology, nowMs }: Simulator): string[] {
  const links = topology.links.filter((link) => link.inFlight !== 0);
  return [
    ...(inFlight === 0 ? [] : [`${inFlight} requests are under way`]),
    ...topology.nodes.flatMap((node) =>
      unrestAt(node, nowMs).map((it) => `${node.node.id}: ${it}`),
    ),
    ...links.map((link) => `${link.key}: ${link.inFlight} calls are under way`),
  ];
}

function imbalance(row: Measurement, before: number): string[] {
  const { offered, served, inFlight } = row;
  const failed = errorCount(row.errors);
  return offered + before === served + failed + inFlight
    ? []
    : [`${before} and ${offered} came, ${served} and ${failed} went, ${inFlight} are there`];
}

function impossibilities(row: Measurement): string[] {
  const { served, good, goodByClass, latency, utilisation, hitRatio } = row;
  const laws: Readonly<Record<string, boolean>> = {
    'good requests are served': good <= served,
    'classes add up': goodByClass === undefined || sum(Object.values(goodByClass)) === good,
    'each served request has a latency': latency.count === served,
    'each latency has a bucket': sum(latency.bucketCounts) === served,
    'shares are at most 1': (utilisation ?? 0) <= 1 && (hitRatio ?? 0) <= 1,
    'figures are finite, none below 0': numbersIn(row).every((n) => n >= 0 && n < BOUND),
  };
  return Object.keys(laws).filter((law) => laws[law] === false);
}

function unrestAt(
  { meter, connections, locks }: Simulator['topology']['nodes'][number],
  nowMs: number,
): string[] {
  const area = meter.inFlightArea(nowMs);
  const laws: Readonly<Record<string, boolean>> = {
    'nothing is in flight': meter.inFlight === 0,
    'all that came was served or failed': meter.everOffered === meter.everServed + meter.everFailed,
    'Little’s law': Math.abs(area - meter.everLatencyMs) <= 1e-9 * Math.max(1, area),
    'no connection is taken': connections.every(isUnused),
    'nobody waits for a lock': locks.every((table) => table.waiting === 0),
  };
  return Object.keys(laws).filter((law) => laws[law] === false);
}

function isUnused(pool: TokenPool): boolean {
  // The first look ends a window, the second begins with what is used now.
  pool.takeMostUsed();
  return pool.takeMostUsed() === 0;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
