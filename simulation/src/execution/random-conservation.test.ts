import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { NODE_KINDS, parse, TopologySchema } from '../protocol/index.ts';
import { linkRefusal } from '../rules/topology-edits.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { begun, runs } from '../testing/random-topology.ts';

/** Longer than any class waits, any line lasts and any write is kept in a cache or an outbox. */
const CALM_MS = 60_000;

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
          const accounts = new WindowAccounts();
          for (const forMs of [...windows, CALM_MS]) {
            if (forMs === CALM_MS) simulator.setLoad(0, run.shares);
            simulator.runUntil(simulator.nowMs + forMs);
            const rows = simulator.closeWindow(run.topology, () => 0);
            expect(accounts.faultsIn(rows)).toEqual([]);
          }
          expect(unrestIn(simulator)).toEqual([]);
        },
      ),
      { seed: 54, numRuns: 60, endOnFailure: true },
    );
  });
});
