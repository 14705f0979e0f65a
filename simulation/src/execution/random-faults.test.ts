import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import {
  CONSISTENCIES,
  type ConsistencyWay,
  FAULT_KINDS,
  type FaultKind,
  type RequestClass,
  type Span,
  type Topology,
} from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { type Strike, strike } from '../testing/random-faults.ts';
import { begun, type Run, runs } from '../testing/random-topology.ts';
import { faultsOf } from '../testing/trace-faults.ts';
import type { Simulator } from './simulator.ts';

/** Longer than any class waits, any fault, start and restore lasts, and any write is kept somewhere. */
const CALM_MS = 120_000;

const strikes = fc.array(strike, { minLength: 1, maxLength: 6 });

/** Runs without what never comes to rest: scrapes, and relays whose calls may be given too little time to succeed. */
const ending = runs.map(({ topology: { nodes, links }, classes, ...run }): Run => {
  const isLeft = (id: string) => nodes.some((node) => node.id === id && node.kind !== 'monitoring');
  return {
    ...run,
    topology: {
      nodes: nodes.filter(({ id }) => isLeft(id)),
      links: links.filter(({ from, to }) => isLeft(from) && isLeft(to)),
    },
    classes: withEach(classes, (one) =>
      one.consistency === 'outbox' ? { ...one, consistency: 'saga' } : one,
    ),
  };
});

/** The same with classes that write to two services at once, each in one of the ways. */
const writingTwice = runs.map(
  (run): Run => ({
    ...run,
    classes: withEach(run.classes, (one, i) => ({
      ...one,
      operations: ['write', ...one.operations, 'write'],
      consistency: CONSISTENCIES[i % CONSISTENCIES.length] as ConsistencyWay,
    })),
  }),
);

function withEach(
  classes: Run['classes'],
  change: (one: RequestClass, i: number) => RequestClass,
): Run['classes'] {
  return Object.fromEntries(
    Object.entries(classes).map(([name, one], i) => [name, change(one, i)]),
  );
}

/** A run that is struck now and then, and left alone afterwards; what is wrong with its windows. */
function struck(run: Run, simulator: Simulator, list: readonly Strike[]): string[] {
  const accounts = new WindowAccounts();
  const faults: string[] = [];
  const goOn = (forMs: number) => {
    simulator.runUntil(simulator.nowMs + forMs);
    faults.push(...accounts.faultsIn(simulator.closeWindow(run.topology, () => 0)));
  };
  list.forEach(({ afterMs, drillIn }, i) => {
    goOn(afterMs);
    simulator.beginFault(drillIn(run.topology, `f-${i}`));
  });
  goOn(1_000);
  simulator.setLoad(0, run.shares);
  goOn(CALM_MS);
  return faults;
}

/** A run up to its last fault and a while on, each stretch in so many parts: its state and figures. */
function played(run: Run, list: readonly Strike[], parts: number) {
  const simulator = begun(run);
  const goOn = (forMs: number) => {
    const fromMs = simulator.nowMs;
    for (let i = 1; i < parts; i++) simulator.runUntil(fromMs + (forMs * i) / parts);
    simulator.runUntil(fromMs + forMs);
  };
  list.forEach(({ afterMs, drillIn }, i) => {
    goOn(afterMs);
    simulator.beginFault(drillIn(run.topology, `f-${i}`));
  });
  goOn(5_000);
  const hash = new StateHash();
  simulator.mixInto(hash);
  return { hash: hash.digest(), rows: simulator.closeWindow(run.topology, () => 0) };
}

describe('over any topology under any faults', () => {
  it('every request is accounted for, and nothing is left when all is over', () => {
    const kinds = new Set<FaultKind>();
    fc.assert(
      fc.property(ending, strikes, (run, list) => {
        const simulator = begun(run);
        expect(struck(run, simulator, list)).toEqual([]);
        expect(unrestIn(simulator)).toEqual([]);
        for (const news of simulator.takeFaultNews()) {
          if (news.type === 'fault-began') kinds.add(news.kind);
        }
      }),
      { seed: 71, numRuns: 60, endOnFailure: true },
    );
    expect(FAULT_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('a run comes to the same state and figures however it is split', () => {
    fc.assert(
      fc.property(runs, strikes, fc.integer({ min: 2, max: 9 }), (run, list, parts) => {
        expect(played(run, list, parts)).toEqual(played(run, list, 1));
      }),
      { seed: 73, numRuns: 30, endOnFailure: true },
    );
  });

  it('a run has the same figures in whatever order its nodes stand', () => {
    fc.assert(
      fc.property(runs, strikes, (run, list) => {
        const topology = { ...run.topology, nodes: [...run.topology.nodes].reverse() };
        const struckAlike = list.map(({ afterMs, drillIn }) => {
          return { afterMs, drillIn: (_: Topology, id: string) => drillIn(run.topology, id) };
        });
        const { rows } = played({ ...run, topology }, struckAlike, 1);
        const byName = new Map(rows.map((row) => [row.node, row]));
        for (const row of played(run, list, 1).rows) expect(byName.get(row.node)).toEqual(row);
      }),
      { seed: 74, numRuns: 30, endOnFailure: true },
    );
  });

  it('the spans of each request add up to its latency, and all requests are traced', () => {
    let retried = 0;
    let committed = 0;
    fc.assert(
      fc.property(writingTwice, strikes, (run, list) => {
        const simulator = begun(run);
        simulator.tracing.sample(1);
        struck(run, simulator, list);
        const traces = simulator.tracing.take();
        const clients = simulator.topology.nodes.find(({ node }) => node.kind === 'clients');
        expect(traces.flatMap(faultsOf)).toEqual([]);
        const hostile = traces.filter((one) => run.classes[one.requestClass]?.hostile);
        const users = traces.length - hostile.length;
        expect(users).toBe(clients?.meter.everOffered ?? 0);
        let latencyNs = 0;
        for (const { spans, requestClass } of traces) {
          const root = spans[0] as Span;
          if (!run.classes[requestClass]?.hostile) latencyNs += root.endNs - root.startNs;
          if (spans.some(({ name }) => name === 'pause')) retried++;
          if (spans.some(({ name }) => name.endsWith('sql-commit'))) committed++;
        }
        const off = latencyNs / 1e6 - (clients?.meter.everLatencyMs ?? 0);
        expect(Math.abs(off)).toBeLessThanOrEqual(traces.length * 1e-6 + 1e-4);
      }),
      { seed: 72, numRuns: 60, endOnFailure: true },
    );
    expect(retried).toBeGreaterThan(20);
    expect(committed).toBeGreaterThan(20);
  });
});
