import { describe, expect, it } from 'vitest';
import type { Simulator } from '../execution/simulator.ts';
import type { Measurement, NodeOf, Topology, TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { runningGame, windowOf } from '../testing/game.ts';
import { HAMLET, PRIMARY, slow } from '../testing/situation.ts';
import { gameSimulator } from '../testing/small-town.ts';

const position = { x: 0, y: 0 };
/** A home page takes 10 ms of CPU, always; a replica of size L has a core. */
const PROFILE = slow({ 'app-static': 10 });

function serviceOf(options: Partial<NodeOf<'container'>>): Topology {
  const service = { kind: 'container', id: 'web-1', size: 'L', position, ...options } as const;
  return { ...HAMLET, nodes: HAMLET.nodes.map((node) => (node.id === 'web-1' ? service : node)) };
}

/** A service under a load of home pages, seen a second at a time. */
function run(topology: Topology) {
  const simulator = gameSimulator(1, PROFILE);
  simulator.setTopology(topology, false);
  const after = (seconds: number, perSecond: number): Measurement => {
    simulator.setLoad(perSecond, { home: 1 });
    simulator.runUntil(simulator.nowMs + seconds * 1000 - 1000);
    simulator.closeWindow(topology, () => 0);
    simulator.runUntil(simulator.nowMs + 1000);
    const rows = simulator.closeWindow(topology, () => 0);
    return rows.find(({ node }) => node === 'web-1') as Measurement;
  };
  return { simulator, after };
}

describe('a container service', () => {
  it('has the replicas it is given, and so much CPU', () => {
    const { after } = run(serviceOf({ replicas: 3, maxReplicas: 3 }));
    const row = after(10, 150);
    expect(row.instances).toEqual({ running: 3, starting: 0, limit: 3, started: 0 });
    expect(row.utilisation).toBeCloseTo(0.5, 1);
    expect(after(10, 400).utilisation).toBeGreaterThan(0.99);
    expect(after(10, 400).served).toBeCloseTo(300, -1);
  });

  it('grows at the first evaluation after a load has come, once new replicas have started', () => {
    const { after } = run(serviceOf({ maxReplicas: 10 }));
    expect(after(15, 90).instances).toMatchObject({ running: 1 });
    // One replica at 90 % of a core: ceil(.9 / .6) = 2.
    expect(after(1, 90).instances).toMatchObject({ running: 1, starting: 1, started: 0 });
    const row = after(5, 90);
    expect(row.instances).toMatchObject({ running: 2, starting: 0 });
    expect(row.utilisation).toBeCloseTo(0.45, 1);
  });

  it('settles where utilisation is within a tenth of the target', () => {
    const { after } = run(serviceOf({ maxReplicas: 20 }));
    const row = after(120, 600);
    expect(row.instances?.running).toBeGreaterThanOrEqual(Math.ceil(6 / (0.6 * 1.1)));
    expect(row.utilisation).toBeGreaterThan(0.4);
    expect(row.utilisation).toBeLessThan(0.66 * 1.05);
  });

  it('does not outgrow its limit', () => {
    const { after } = run(serviceOf({ maxReplicas: 4 }));
    expect(after(120, 900).instances).toMatchObject({ running: 4, limit: 4 });
  });

  it('shrinks only after a lull as long as the stabilisation window', () => {
    const { after } = run(serviceOf({ maxReplicas: 10, stabilisationSeconds: 60 }));
    const busy = after(60, 300).instances?.running ?? 0;
    expect(busy).toBeGreaterThanOrEqual(5);
    expect(after(55, 20).instances?.running).toBe(busy);
    expect(after(35, 20).instances).toMatchObject({ running: 1 });
  });

  it('drops what a replica cannot hold', () => {
    const { after } = run(serviceOf({ replicas: 2, maxReplicas: 2 }));
    const row = after(10, 600);
    expect(row.errors['queue-full']).toBeGreaterThan(300);
    expect(row.connections).toEqual({ used: 256, limit: 256 });
  });

  describe('in front of a slow database', () => {
    /** A large database, in which each write of the one row takes a tenth of a second: whoever may connects and waits. */
    const shop = (options: Partial<NodeOf<'container'>>): Topology => {
      const { nodes, links } = serviceOf({ size: 'XL', ...options });
      return {
        nodes: nodes.map((node) =>
          node.id === 'primary' ? ({ ...PRIMARY, size: 'L' } as TopologyNode) : node,
        ),
        links,
      };
    };
    const profile = slow({ 'sql-write': 100, 'app-write': 0.1, 'app-static': 0.1 });
    const begin = (topology: Topology) =>
      runningGame(topology, { profile, data: { ...helloWorld.data, hotRows: 1 } });
    /** Most connections between now and then. */
    const usedUntil = (simulator: Simulator, topology: Topology, untilMs: number) => {
      windowOf(simulator, topology);
      simulator.runUntil(untilMs);
      return windowOf(simulator, topology)('primary').connections?.used;
    };

    it('keeps ten connections a replica that is up, however many there may be', () => {
      const used = (replicas: number) => {
        const topology = shop({ replicas, maxReplicas: 50 });
        const simulator = begin(topology);
        simulator.setLoad(200, { signup: 1 });
        return usedUntil(simulator, topology, 5_000);
      };
      expect([used(1), used(3)]).toEqual([10, 30]);
    });

    it('lets those in at once who wait when a replica comes, and holds to fewer when it has gone', () => {
      const simulator = begin(shop({}));
      const two = shop({ replicas: 2, maxReplicas: 2 });
      simulator.setTopology(two, true);
      simulator.runUntil(1_000);
      simulator.setLoad(400, { signup: 1 });
      expect(usedUntil(simulator, two, 1_100)).toBe(10);
      // Nobody comes any more: it is those in line that the new replica, ready at 2,000, lets in.
      simulator.setLoad(0, { signup: 1 });
      expect(usedUntil(simulator, two, 1_999)).toBe(10);
      expect(usedUntil(simulator, two, 2_010)).toBe(20);
      const one = shop({ replicas: 1, maxReplicas: 1 });
      simulator.setTopology(one, true);
      simulator.runUntil(8_000);
      simulator.setLoad(400, { signup: 1 });
      expect(usedUntil(simulator, one, 9_000)).toBe(10);
    });
  });

  it('takes new bounds at once', () => {
    const { simulator, after } = run(serviceOf({ maxReplicas: 10 }));
    after(1, 20);
    simulator.setTopology(serviceOf({ replicas: 4, maxReplicas: 10 }), true);
    expect(after(4, 20).instances).toMatchObject({ running: 4 });
    simulator.setTopology(serviceOf({ replicas: 1, maxReplicas: 2 }), true);
    expect(after(2, 20).instances).toMatchObject({ running: 2, limit: 2 });
  });

  it('has as many replicas after a crash as before, however little CPU it used meanwhile', () => {
    const { simulator, after } = run(serviceOf({ maxReplicas: 10, stabilisationSeconds: 0 }));
    const before = after(88, 300).instances?.running ?? 0;
    expect(before).toBeGreaterThanOrEqual(5);
    // Down from 88 to 128 and starting until 130: looks at 90 to 135 see less CPU than was asked for.
    const crash = { kind: 'crash', id: 'crash', target: { node: 'web-1' } } as const;
    simulator.beginFault({ ...crash, durationSeconds: 40 });
    expect(after(45, 300)).toMatchObject({ errors: {}, instances: { running: before } });
    expect(after(10, 300)).toMatchObject({ errors: {}, instances: { running: before } });
    // From 135 on it is measured again.
    expect(after(30, 20).instances).toMatchObject({ running: 1 });
  });

  it('has as many replicas after it was drained and restarted as before', () => {
    const { simulator, after } = run(serviceOf({ maxReplicas: 10, stabilisationSeconds: 0 }));
    const before = after(88, 300).instances?.running ?? 0;
    simulator.drain('web-1');
    expect(after(20, 0).instances).toMatchObject({ running: before });
    simulator.restart('web-1');
    expect(after(10, 300).instances).toMatchObject({ running: before });
    expect(after(30, 20).instances).toMatchObject({ running: 1 });
  });

  it('takes its replicas up again with a restart', () => {
    const { simulator, after } = run(serviceOf({ replicas: 2, maxReplicas: 2 }));
    after(5, 100);
    simulator.restart('web-1');
    const row = after(10, 100);
    expect(row.instances).toMatchObject({ running: 2 });
    expect(row.served).toBeGreaterThan(70);
  });
});
