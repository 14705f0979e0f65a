import { describe, expect, it } from 'vitest';
import type { Drill, Fault, Topology, TopologyNode } from '../protocol/index.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { HAMLET } from '../testing/situation.ts';
import { SMALL_TOWN } from '../testing/small-town.ts';

const web = { node: 'web-1' } as const;

describe('a leak', () => {
  const leak = { id: 'm', kind: 'leak', target: web, atSeconds: 0, durationSeconds: null } as const;

  it('kills the node when requests have filled its memory, and what it holds fails for want of memory', () => {
    const lab = new FaultLab(HAMLET, [{ ...leak, mibPerRequest: 2, mibPerSecond: 0 }]);
    lab.offer(40, { home: 1 });
    // An S machine has 128 MiB: the 64th request is the last one.
    let requests = 0;
    while (lab.simulator.isReady('web-1')) requests += lab.run(0.05)('web-1').offered;
    expect(requests).toBeGreaterThanOrEqual(64);
    expect(requests).toBeLessThan(64 + 10);
    expect(lab.simulator.takeFaultNews()).toMatchObject([
      { type: 'fault-began' },
      { type: 'node-killed', node: 'web-1', cause: 'out-of-memory' },
    ]);
    lab.run(3);
    expect(lab.simulator.isReady('web-1')).toBe(true);
  });

  it('counts what it cost by its cause', () => {
    const lab = new FaultLab(HAMLET, [{ ...leak, mibPerRequest: 2, mibPerSecond: 0 }]);
    lab.offer(100, { home: 1 });
    const row = lab.run(60);
    expect(row('*').errors['out-of-memory']).toBeGreaterThan(5);
    expect(row('web-1').errors['out-of-memory']).toBe(row('*').errors['out-of-memory']);
  });

  it('kills the node when time has filled its memory, and again as long after its start', () => {
    const lab = new FaultLab(HAMLET, [{ ...leak, mibPerRequest: 0, mibPerSecond: 12.8 }]);
    const killedAt: number[] = [];
    for (let tenth = 1; tenth <= 400; tenth++) {
      lab.run(0.1);
      if (lab.simulator.takeFaultNews().some(({ type }) => type === 'node-killed')) {
        killedAt.push(tenth / 10);
      }
    }
    expect(killedAt).toEqual([10, 23, 36]);
  });

  it('begins anew after a restart, which repairs it', () => {
    const lab = new FaultLab(HAMLET, [{ ...leak, mibPerRequest: 0, mibPerSecond: 12.8 }]);
    lab.run(9);
    lab.simulator.restart('web-1');
    lab.run(60);
    const types = lab.simulator.takeFaultNews().map(({ type }) => type);
    expect(types).toEqual(['fault-began', 'fault-ended']);
  });
});

describe('a full disk', () => {
  const full: Fault = {
    id: 'd',
    kind: 'full-disk',
    target: { node: 'primary' },
    atSeconds: 10,
    durationSeconds: 20,
  };

  it('refuses writes and goes on reading', () => {
    const lab = new FaultLab(HAMLET, [full]);
    lab.offer(10, { signup: 1 });
    lab.run(11);
    const writing = lab.run(18);
    expect(writing('*').served).toBe(0);
    expect(writing('primary').errors).toEqual({ 'disk-full': writing('primary').offered });
    expect(writing('*').errors['disk-full']).toBeGreaterThan(100);
    lab.run(2);
    expect(lab.run(10)('*').errors).toEqual({});
    const reader = new FaultLab(HAMLET, [full]);
    reader.offer(10, { browse: 1 });
    reader.run(11);
    expect(reader.run(18)('*').errors).toEqual({});
  });
});

describe('a partition between a primary and its replica', () => {
  it('lets the replica fall behind for as long as it lasts, and catch up after it', () => {
    const cut: Drill = {
      id: 'p',
      kind: 'partition',
      target: { link: { from: 'primary', to: 'replica' } },
      durationSeconds: 20,
    };
    const lab = new FaultLab(SMALL_TOWN, []);
    lab.offer(10, { signup: 1 });
    lab.run(10);
    lab.simulator.beginFault(cut);
    const lag = lab.run(19)('replica').lagMs ?? 0;
    expect(lag).toBeGreaterThan(18_000);
    expect(lag).toBeLessThanOrEqual(19_100);
    lab.run(3);
    expect(lab.run(1)('replica').lagMs ?? 0).toBeLessThan(200);
  });
});

describe('a skewed clock', () => {
  const skew = (id: string, offsetSeconds: number): Drill => ({
    id: 'k',
    kind: 'clock-skew',
    target: { node: id },
    offsetSeconds,
    durationSeconds: null,
  });

  it('makes a cache forget at once what it was to keep for less than the clock leaps', () => {
    const ttl: Topology = {
      ...SMALL_TOWN,
      nodes: SMALL_TOWN.nodes.map((node) =>
        node.kind === 'cache' ? { ...node, ttlSeconds: 600 } : node,
      ),
    };
    const hits = (offsetSeconds: number | null) => {
      const lab = new FaultLab(ttl, []);
      lab.offer(20, { browse: 1 });
      lab.run(60);
      if (offsetSeconds !== null) lab.simulator.beginFault(skew('cache', offsetSeconds));
      return lab.run(1)('cache').hitRatio ?? 0;
    };
    expect(hits(null)).toBeGreaterThan(0.3);
    expect(hits(500)).toBe(hits(null));
    expect(hits(700)).toBeLessThan(hits(null) / 2);
  });

  it('falsifies the lag that a replica measures, to either side', () => {
    const lagMs = (offsetSeconds: number) => {
      const lab = new FaultLab(SMALL_TOWN, []);
      lab.run(1);
      lab.simulator.beginFault(skew('replica', offsetSeconds));
      return lab.run(1)('replica').lagMs;
    };
    expect([lagMs(0), lagMs(30), lagMs(-30)]).toEqual([0, 30_000, 0]);
  });
});

describe('calls between two zones', () => {
  const placed = (zone: 'a' | 'b'): Topology => ({
    ...HAMLET,
    nodes: HAMLET.nodes.map(
      (node): TopologyNode => (node.id === 'primary' ? { ...node, zone } : node) as TopologyNode,
    ),
  });
  const meanMs = (topology: Topology, zoneLatencyMs?: number) => {
    const lab = new FaultLab(topology, [], 1, zoneLatencyMs);
    lab.offer(2, { browse: 1 });
    const { latency } = lab.run(100)('*');
    return latency.sumMs / latency.count;
  };

  it("take the zones' latency each way, once a call and once an answer", () => {
    // Two reads a request, each one call and one answer.
    expect(meanMs(placed('b'), 5) - meanMs(placed('a'), 5)).toBeCloseTo(4 * 5, 0);
    expect(meanMs(placed('b'))).toBe(meanMs(placed('a')));
  });
});
