import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CACHE_DEFAULTS,
  NOSQL_DEFAULTS,
  type NodeKind,
  SOCKET_GATEWAY_DEFAULTS,
  type TopologyNode,
} from '../protocol/index.ts';
import { begun, type Run, runs } from '../testing/random-topology.ts';

const END_MS = 3_000;
/** A power of two: times and rates are then scaled without any rounding. */
const FACTOR = 2;

/**
 * What cannot be scaled, because its times are figures of the kind and not options: the cold start of functions,
 * followers' appends and redelivery of queues, the interval of load shedding, the start of a container's replicas,
 * the relay of an outbox, monitoring's own clockwork. Waits for a pooled connection or a row lock end after two
 * seconds whatever the profile, but requests give up before, and those that others work off are left out.
 */
const NOT_SCALED: readonly NodeKind[] = ['serverless', 'queue', 'worker', 'monitoring'];

/** Times that a node has without saying so. */
const DEFAULTS: Partial<Record<NodeKind, object>> = {
  cache: CACHE_DEFAULTS,
  nosql: NOSQL_DEFAULTS,
  'socket-gateway': SOCKET_GATEWAY_DEFAULTS,
};

function scalable(run: Run): Run {
  const kept = run.topology.nodes.filter(({ kind }) => !NOT_SCALED.includes(kind));
  const nodes = kept.map((node): TopologyNode => {
    if (node.kind === 'container') return { ...node, replicas: 2, maxReplicas: 2 };
    if ('shedding' in node) return { ...node, shedding: null };
    if (node.kind === 'sql-primary' || node.kind === 'nosql') {
      return { ...DEFAULTS[node.kind], ...node, restoreSeconds: node.restoreSeconds ?? 1 };
    }
    return { ...DEFAULTS[node.kind], ...node } as TopologyNode;
  });
  const ids = new Set(nodes.map(({ id }) => id));
  const links = run.topology.links.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const classes = Object.fromEntries(
    Object.entries(run.classes).map(([name, one]) => {
      const { consistency, timeoutMs, ...rest } = one;
      const way = consistency === undefined || consistency === 'outbox' ? {} : { consistency };
      return [name, { ...rest, ...way, timeoutMs: Math.min(timeoutMs, 900) }];
    }),
  );
  return { ...run, topology: { nodes, links }, classes };
}

/** The same with every time longer and every rate lower by a factor; names say what is which. */
function scaled<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((one) => scaled(one, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => {
    if (typeof one !== 'number') return [name, scaled(one, by)];
    if (/perSecond$/i.test(name)) return [name, one / by];
    return [name, /(Ms|Seconds)$/.test(name) ? one * by : one];
  });
  return Object.fromEntries(entries) as T;
}

/** What has passed through each node, its times divided by a factor. */
function everOf(run: Run, by: number) {
  const simulator = begun(run);
  simulator.runUntil(END_MS * by);
  return simulator.topology.nodes.map(({ node, meter }) => ({
    id: node.id,
    offered: meter.everOffered,
    served: meter.everServed,
    good: meter.good,
    failed: meter.errorsByCause(),
    inFlight: meter.inFlight,
    latencyMs: meter.everLatencyMs / by,
    areaMs: meter.inFlightArea(simulator.nowMs) / by,
  }));
}

describe('twice the capacity under twice the load', () => {
  it('does the same in half the time, at every node', () => {
    let served = 0;
    fc.assert(
      fc.property(runs.map(scalable), (run) => {
        const fast = everOf(run, 1);
        const slow = everOf(scaled(run, FACTOR), FACTOR);
        served += fast[0]?.served ?? 0;
        fast.forEach((node, i) => {
          const { latencyMs, areaMs, ...counts } = node;
          const { latencyMs: slowMs, areaMs: slowAreaMs, ...slowCounts } = slow[i] as typeof node;
          expect(slowCounts).toEqual(counts);
          expect(Math.abs(slowMs - latencyMs)).toBeLessThanOrEqual(1e-9 * Math.max(1, latencyMs));
          expect(Math.abs(slowAreaMs - areaMs)).toBeLessThanOrEqual(1e-9 * Math.max(1, areaMs));
        });
      }),
      { seed: 61, numRuns: 60, endOnFailure: true },
    );
    expect(served).toBeGreaterThan(1_000);
  });
});
