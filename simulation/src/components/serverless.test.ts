import { describe, expect, it } from 'vitest';
import type { Measurement, NodeOf, Topology } from '../protocol/index.ts';
import { HAMLET, rowsOf, slow } from '../testing/situation.ts';
import { gameSimulator } from '../testing/small-town.ts';
import { COLD_START_MS } from './serverless.ts';

const position = { x: 0, y: 0 };
/** A home page takes 10 ms of a whole CPU, always. */
const profile = slow({ 'app-static': 10 });
const shares = { home: 1 };

function functionOf(options: Partial<NodeOf<'serverless'>>): Topology {
  const made = { kind: 'serverless', id: 'web-1', size: 'L', position, ...options } as const;
  return { ...HAMLET, nodes: HAMLET.nodes.map((node) => (node.id === 'web-1' ? made : node)) };
}

function rowOf(options: Partial<NodeOf<'serverless'>>, perSecond: number): Measurement {
  return rowsOf({ topology: functionOf(options), profile, perSecond, shares })('web-1');
}

describe('a serverless function', () => {
  it.each([
    ['S', 40],
    ['M', 20],
    ['L', 10],
    ['XL', 10],
  ] as const)('of size %s takes %d ms at any load, for a thread has at most a core', (size, ms) => {
    for (const perSecond of [20, 400]) {
      const row = rowOf({ size, concurrencyLimit: 5_000 }, perSecond);
      expect(row.latency.p50Ms).toBeCloseTo(ms, 0);
      expect(row.latency.sumMs / row.latency.count).toBeCloseTo(ms, 0);
    }
  });

  it('has no CPU that could be full', () => {
    expect(rowOf({}, 20)).toMatchObject({ utilisation: null, queueDepth: null });
  });

  it('throttles what is over its limit', () => {
    const row = rowOf({ concurrencyLimit: 2 }, 400);
    expect(row.connections).toEqual({ used: 2, limit: 2 });
    expect(row.served / 10).toBeCloseTo(200, -2);
    expect(Object.keys(row.errors)).toEqual(['throttled']);
  });

  it('starts an instance for each request that comes after its keep-alive', () => {
    const row = rowOf({ keepAliveSeconds: 0 }, 5);
    expect(row.instances?.started).toBe(row.offered);
    expect(row.latency.p50Ms).toBeCloseTo(COLD_START_MS + 10, -1);
    expect(row.instances?.starting).toBeCloseTo(5 * 0.4, 0);
    expect(rowOf({ keepAliveSeconds: 300 }, 5).instances?.started).toBeLessThan(3);
  });

  it('starts cold after a restart', () => {
    const topology = functionOf({});
    const simulator = gameSimulator(1, profile);
    simulator.setTopology(topology, false);
    simulator.setLoad(20, shares);
    simulator.runUntil(5_000);
    simulator.closeWindow(topology, () => 0);
    simulator.restart('web-1');
    simulator.runUntil(10_000);
    const row = simulator.closeWindow(topology, () => 0).find(({ node }) => node === 'web-1');
    expect(row?.instances?.started).toBeGreaterThan(0);
  });

  it('tells as many instances in its first window wherever in the game that is', () => {
    const running = [0, 100_000].map((placedMs) => {
      const simulator = gameSimulator(1, profile);
      simulator.setTopology(HAMLET, false);
      simulator.runUntil(placedMs);
      simulator.closeWindow(HAMLET, () => 0);
      const topology = functionOf({});
      simulator.setTopology(topology, false);
      simulator.setLoad(200, shares);
      simulator.runUntil(placedMs + 10_000);
      const row = simulator.closeWindow(topology, () => 0).find(({ node }) => node === 'web-1');
      return row?.instances?.running ?? 0;
    });
    expect(running[0]).toBeGreaterThan(1);
    expect((running[1] as number) / (running[0] as number)).toBeCloseTo(1, 0);
  });

  it('exhausts a database’s connections, having as many itself as instances', () => {
    const topology = functionOf({ concurrencyLimit: 1_000 });
    const reading = slow({ 'app-read': 1, 'sql-read': 200 });
    const rows = rowsOf({ topology, profile: reading, perSecond: 60, shares: { browse: 1 } });
    expect(rows('primary').errors['connection-refused']).toBeGreaterThan(0);
    expect(rows('web-1').errors['pool-exhausted']).toBeUndefined();
  });
});
