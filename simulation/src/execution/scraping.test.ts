import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import type { Drill, NodeOf, Topology } from '../protocol/index.ts';
import { HAMLET, slow } from '../testing/situation.ts';
import { gameSimulator, SHARES, withNode, withoutNode } from '../testing/small-town.ts';

const position = { x: 0, y: 0 };
const MONITORING: NodeOf<'monitoring'> = {
  kind: 'monitoring',
  id: 'monitoring',
  size: 'S',
  position,
};
const WATCHED: Topology = { ...HAMLET, nodes: [...HAMLET.nodes, MONITORING] };

/** A town that monitoring watches; a scrape of one of the three other nodes takes so long. */
function watched(scrapeMs = 1, topology = WATCHED) {
  const simulator = gameSimulator(1, slow({ 'monitoring-scrape': scrapeMs }));
  simulator.setTopology(topology, false);
  return simulator;
}

type Watched = ReturnType<typeof watched>;

/** Instants in milliseconds, a tenth of a second apart, by which another round was complete. */
function roundsUntil(simulator: Watched, untilMs: number): number[] {
  const ends: number[] = [];
  while (simulator.nowMs < untilMs) {
    simulator.runUntil(simulator.nowMs + 100);
    for (let i = simulator.takeScrapeRounds(); i > 0; i--) ends.push(simulator.nowMs);
  }
  return ends;
}

const fault = (kind: 'crash' | 'restart', durationSeconds: number | null): Drill =>
  kind === 'crash'
    ? { id: 'f', kind, target: { node: 'monitoring' }, durationSeconds }
    : { id: 'f', kind, target: { node: 'monitoring' } };

describe('scrape rounds', () => {
  it('come every five seconds unless told otherwise, and sooner once it is told', () => {
    const simulator = watched();
    expect(roundsUntil(simulator, 16_000)).toEqual([5_100, 10_100, 15_100]);
    simulator.setTopology(withNode(WATCHED, { ...MONITORING, scrapeSeconds: 2 }), true);
    expect(roundsUntil(simulator, 21_000)).toEqual([18_100, 20_100]);
  });

  it('ask every other node once', () => {
    const simulator = watched(10);
    simulator.runUntil(50_000);
    simulator.closeWindow(WATCHED, () => 0);
    simulator.runUntil(100_000);
    const rows = simulator.closeWindow(WATCHED, () => 0);
    const row = rows.find(({ node }) => node === 'monitoring');
    // 10 rounds of 3 pieces of 10 ms, in 50 s of a quarter of a core.
    expect(row?.utilisation).toBeCloseTo((10 * 3 * 10) / (50_000 * 0.25), 9);
  });

  it('come late when one takes longer than the time between two, which it replaces', () => {
    // 3 pieces of 500 ms CPU time on a quarter of a core take about 6 s, and every second round is due meanwhile.
    const ends = roundsUntil(watched(500), 30_000);
    expect(ends).toHaveLength(2);
    for (const [i, end] of ends.entries()) {
      expect(end - (5_000 + 10_000 * i)).toBeGreaterThan(5_000);
      expect(end - (5_000 + 10_000 * i)).toBeLessThan(6_200);
    }
  });

  it('are not there while the node is down or starts', () => {
    const simulator = watched();
    simulator.runUntil(8_000);
    simulator.takeScrapeRounds();
    simulator.beginFault(fault('crash', null));
    expect(roundsUntil(simulator, 21_000)).toEqual([]);
    simulator.restart('monitoring');
    expect(roundsUntil(simulator, 26_000)).toEqual([25_100]);
  });

  it('are lost with a node that stops in the middle of one, and come again after it', () => {
    const simulator = watched(100);
    simulator.runUntil(5_500);
    simulator.beginFault(fault('restart', null));
    expect(roundsUntil(simulator, 16_000)).toEqual([11_000 + 200]);
  });

  it('end with the node', () => {
    const simulator = watched();
    simulator.runUntil(6_000);
    simulator.takeScrapeRounds();
    simulator.setTopology(withoutNode(WATCHED, 'monitoring'), true);
    expect(roundsUntil(simulator, 20_000)).toEqual([]);
  });
});

describe('monitoring', () => {
  it('changes no figure of what it watches, and loses no request', () => {
    const rowsOf = (topology: Topology) => {
      const simulator = watched(200, topology);
      simulator.setLoad(40, SHARES);
      simulator.runUntil(30_000);
      const rows = simulator.closeWindow(topology, () => 0);
      simulator.setLoad(0, SHARES);
      simulator.setTopology(withoutNode(topology, 'monitoring'), true);
      simulator.runUntil(120_000);
      expect(simulator.inFlight).toBe(0);
      return rows.filter(({ node }) => node !== 'monitoring');
    };
    expect(rowsOf(WATCHED)).toEqual(rowsOf(HAMLET));
  });

  it('is part of the state that is hashed', () => {
    const hashAt = (size: 'S' | 'XL') => {
      const simulator = watched(100, withNode(WATCHED, { ...MONITORING, size }));
      simulator.runUntil(5_300);
      const hash = new StateHash();
      simulator.mixInto(hash);
      return hash.digest();
    };
    expect(hashAt('S')).toBe(hashAt('S'));
    expect(hashAt('S')).not.toBe(hashAt('XL'));
  });
});
