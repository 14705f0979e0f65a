import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { errorCount, NODE_KINDS, parse, TopologySchema } from '../protocol/index.ts';
import { linkRefusal } from '../rules/topology-edits.ts';
import { begun, runs } from '../testing/random-topology.ts';
import type { Simulator } from './simulator.ts';

/** Longer than any class waits, any line lasts and any write is kept in a cache or an outbox. */
const CALM_MS = 60_000;

function expectEmptied(simulator: Simulator): void {
  for (const { meter, node } of simulator.topology.nodes) {
    expect([node.id, meter.inFlight]).toEqual([node.id, 0]);
    expect(meter.everOffered).toBe(meter.everServed + meter.everFailed);
    const area = meter.inFlightArea(simulator.nowMs);
    expect(Math.abs(area - meter.everLatencyMs)).toBeLessThanOrEqual(1e-9 * Math.max(1, area));
  }
  for (const link of simulator.topology.links)
    expect([link.key, link.inFlight]).toEqual([link.key, 0]);
}

describe('over any topology', () => {
  it('each node looks after its own locks, connections and CPUs, each once', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { nodes } = begun(run).topology;
        const parts = nodes.flatMap((node) => [
          ...node.locks,
          ...node.connections,
          ...node.stations,
        ]);
        expect(new Set(parts).size).toBe(parts.length);
        for (const { node, locks } of nodes) {
          const machines = node.kind === 'sql-primary' ? (node.shards?.count ?? 1) : 0;
          expect([node.id, locks.length]).toEqual([node.id, machines]);
        }
      }),
      { seed: 60, numRuns: 30, endOnFailure: true },
    );
  });

  it('that a player could draw, every kind has its part', () => {
    const busy = new Set<string>();
    let served = 0;
    const numRuns = 60;
    fc.assert(
      fc.property(runs, (run) => {
        const { topology } = run;
        expect(parse(TopologySchema, topology)).toEqual({ ok: true, value: topology });
        const refused = topology.links.filter((link, i) => {
          const before = { nodes: topology.nodes, links: topology.links.slice(0, i) };
          return linkRefusal(before, link, CATALOG) !== null;
        });
        expect(refused).toEqual([]);
        const simulator = begun(run);
        simulator.runUntil(1_000);
        for (const { meter, node } of simulator.topology.nodes) {
          if (meter.everServed === 0) continue;
          busy.add(node.kind);
          if (node.kind === 'clients') served++;
        }
      }),
      { seed: 51, numRuns, endOnFailure: true },
    );
    // Monitoring calls the others, and nobody calls it.
    expect(NODE_KINDS.filter((kind) => !busy.has(kind))).toEqual(['monitoring']);
    expect(served).toBeGreaterThan(numRuns / 2);
  });

  it('every request is accounted for in every window, and Little’s law holds from empty to empty', () => {
    fc.assert(
      fc.property(
        runs,
        fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 2, maxLength: 5 }),
        (run, windows) => {
          const simulator = begun(run);
          const inFlight = new Map<string, number>();
          for (const forMs of [...windows, CALM_MS]) {
            if (forMs === CALM_MS) simulator.setLoad(0, run.shares);
            simulator.runUntil(simulator.nowMs + forMs);
            for (const row of simulator.closeWindow(run.topology, () => 0)) {
              const before = inFlight.get(row.node) ?? 0;
              expect([row.node, row.offered + before]).toEqual([
                row.node,
                row.served + errorCount(row.errors) + row.inFlight,
              ]);
              expect(row.latency.count).toBe(row.served);
              expect(row.good).toBeLessThanOrEqual(row.served);
              expect(row.utilisation ?? 0).toBeLessThanOrEqual(1);
              inFlight.set(row.node, row.inFlight);
            }
          }
          expectEmptied(simulator);
        },
      ),
      { seed: 54, numRuns: 60, endOnFailure: true },
    );
  });
});
