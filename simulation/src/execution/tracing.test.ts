import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import {
  type CallOptions,
  errorCount,
  type Span,
  type Topology,
  type Trace,
} from '../protocol/index.ts';
import { callOptions } from '../testing/call-options.ts';
import { patient, QueueLab, singleStation } from '../testing/queue-lab.ts';
import { gameSimulator, SHARES, SMALL_TOWN } from '../testing/small-town.ts';
import { faultsOf } from '../testing/trace-faults.ts';
import type { Simulator } from './simulator.ts';
import { MAX_SPANS } from './tracing.ts';

function town(calls: readonly (CallOptions | undefined)[]): Topology {
  const links = SMALL_TOWN.links.map((link, i) => {
    const chosen = calls[i % calls.length];
    return chosen === undefined ? link : { ...link, calls: chosen };
  });
  return { nodes: SMALL_TOWN.nodes, links };
}

function play(simulator: Simulator, topology: Topology, perSecond: number): void {
  simulator.setTopology(topology, false);
  simulator.setLoad(perSecond, SHARES);
  simulator.runUntil(1_500);
  simulator.restart('web-2');
  simulator.runUntil(3_000);
  simulator.setLoad(0, SHARES);
  simulator.runUntil(60_000);
}

describe('a traced request', () => {
  it('has spans whose own times add up to its latency, in any town and under any load', () => {
    fc.assert(
      fc.property(
        fc.array(callOptions, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 10, max: 250 }),
        fc.nat(1_000),
        (calls, perSecond, seed) => {
          const simulator = gameSimulator(seed);
          simulator.tracing.sample(1);
          play(simulator, town(calls), perSecond);
          const traces = simulator.tracing.take();
          const clients = simulator.topology.get('clients')?.meter;
          expect(traces).toHaveLength(clients?.everOffered ?? -1);
          let latencyNs = 0;
          const faults: string[] = [];
          for (const trace of traces) {
            faults.push(...faultsOf(trace));
            const root = trace.spans[0] as Span;
            latencyNs += root.endNs - root.startNs;
          }
          expect(faults).toEqual([]);
          const failed = traces.filter(({ spans }) => spans[0]?.cause !== null);
          expect(failed).toHaveLength(clients?.everFailed ?? -1);
          const off = latencyNs / 1e6 - (clients?.everLatencyMs ?? 0);
          expect(Math.abs(off)).toBeLessThanOrEqual(traces.length * 1e-6 + 1e-4);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('tells CPU time from waiting, step by step', () => {
    const run = new QueueLab(
      {
        ...singleStation('fifo', 1),
        demands: { 'app-static': { meanMs: 15, cv: 0 } },
        arrivals: 'uniform',
      },
      1,
    );
    run.simulator.tracing.sample(1);
    run.offer(0.1);
    run.run(20);
    run.offer(0);
    run.run(100);
    const steps = run.simulator.tracing
      .take()
      .map(({ spans }) => spans.filter(({ kind }) => kind === 'step'));
    expect(steps.map((some) => some.map(({ name }) => name))).toEqual([
      ['burst cpu app-static'],
      ['burst cpu app-static'],
    ]);
    const times = steps.flat().map(({ waitNs, serviceNs }) => [waitNs, serviceNs]);
    expect(times).toEqual([
      [0, 15e6],
      [5e6, 15e6],
    ]);
  });

  it('shows each attempt at a call, the pauses between them, and why they failed', () => {
    const retries = { attempts: 1, backoffMs: 10, jitter: false, budgetRatio: null };
    const station = singleStation('fifo', 1);
    const calls = { timeoutMs: 20, retries };
    const run = new QueueLab(
      {
        ...station,
        links: [{ from: 'clients', to: 'vm-basic', calls }],
        demands: { 'app-static': { meanMs: 500, cv: 0 } },
        classes: { any: patient('static') },
        arrivals: 'uniform',
      },
      1,
    );
    run.simulator.tracing.sample(1);
    run.offer(0.001);
    run.run(1_000);
    run.offer(0);
    run.run(2_000);
    const [trace] = run.simulator.tracing.take() as [Trace];
    expect(faultsOf(trace)).toEqual([]);
    const shown = trace.spans.map(({ kind, name, waitNs, serviceNs, cause }) => [
      kind,
      name,
      waitNs / 1e6,
      serviceNs / 1e6,
      cause,
    ]);
    // The second attempt stands in line behind the first one's burst, which nobody waits for any more.
    expect(shown).toEqual([
      ['request', 'any', 0, 0, 'time-out'],
      ['call', 'vm-basic', 0, 0, 'time-out'],
      ['visit', 'any', 0, 0, 'time-out'],
      ['step', 'burst cpu app-static', 0, 20, null],
      ['step', 'pause', 10, 0, null],
      ['call', 'vm-basic', 0, 0, 'time-out'],
      ['visit', 'any', 0, 0, 'time-out'],
      ['step', 'burst cpu app-static', 20, 0, null],
    ]);
  });
});

describe('sampling', () => {
  const hashOf = (ratio: number) => {
    const simulator = gameSimulator(7);
    simulator.tracing.sample(ratio);
    play(simulator, SMALL_TOWN, 150);
    const hash = new StateHash();
    simulator.mixInto(hash);
    return { hash: hash.digest(), traces: simulator.tracing.take().length };
  };

  it('changes nothing in the run, and takes about its share', () => {
    const [off, some, all] = [0, 0.3, 1].map(hashOf) as ReturnType<typeof hashOf>[];
    expect([some?.hash, all?.hash]).toEqual([off?.hash, off?.hash]);
    expect(off?.traces).toBe(0);
    const n = all?.traces ?? 0;
    expect(n).toBeGreaterThan(300);
    // Binomial: four standard errors.
    expect(Math.abs((some?.traces ?? 0) - 0.3 * n)).toBeLessThan(4 * Math.sqrt(n * 0.3 * 0.7));
  });

  it('is one of few when requests have many spans, so that memory is bounded', () => {
    const nodes = SMALL_TOWN.nodes.map((node) =>
      node.kind === 'clients' ? node : { ...node, size: 'XL' as const },
    );
    const simulator = gameSimulator(3);
    simulator.setTopology({ nodes, links: SMALL_TOWN.links }, false);
    simulator.tracing.sample(1);
    simulator.setLoad(60, { search: 1 });
    const spans = () =>
      simulator.tracing.take().reduce((sum, trace) => sum + trace.spans.length, 0);
    simulator.runUntil(10_000);
    const least = spans();
    expect(least).toBeGreaterThan(0);
    simulator.runUntil(180_000);
    const most = spans();
    expect(most).toBeGreaterThanOrEqual(MAX_SPANS);
    expect(most).toBeLessThan(MAX_SPANS * 1.02);
    simulator.runUntil(190_000);
    expect(spans()).toBeGreaterThan(least / 2);
  });

  it('keeps a bounded number of traces until they are taken', () => {
    const run = new QueueLab(singleStation('fifo', 64), 1);
    run.simulator.tracing.sample(1);
    run.offer(20);
    const row = run.run(1_000)('*');
    expect(row.served).toBeGreaterThan(15_000);
    expect(run.simulator.tracing.take()).toHaveLength(10_000);
    expect(errorCount(row.errors)).toBe(0);
    run.run(10);
    expect(run.simulator.tracing.take().length).toBeGreaterThan(100);
  });
});
