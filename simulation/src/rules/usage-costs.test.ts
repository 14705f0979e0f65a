import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { createEngine } from '../engine.ts';
import { measure } from '../measure.ts';
import {
  END_TO_END,
  type Scenario,
  type TopologyNode,
  type UsagePrice,
} from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { rowOf } from '../testing/rows.ts';
import { usageCostPerHour, withUsageCosts } from './usage-costs.ts';

const price: UsagePrice = { perThousandRequests: 2, perThousandSeconds: 50 };
const latency = { ...rowOf().latency, count: 100, sumMs: 4_000 };

describe('usage', () => {
  it('of a machine costs nothing beside its hour', () => {
    const row = rowOf({ served: 100, latency, costPerHour: 4 });
    expect(usageCostPerHour(row, undefined, 60)).toBe(0);
  });

  it('of a function costs its requests and the time of its instances', () => {
    // In one second 100 requests, and 4 seconds of instances: 0.2 + 0.2 dollars; 60 such seconds an hour.
    const row = rowOf({ served: 100, latency });
    expect(usageCostPerHour(row, price, 60)).toBeCloseTo(24, 12);
    expect(usageCostPerHour({ ...row, endMs: 2_000 }, price, 60)).toBeCloseTo(12, 12);
    expect(usageCostPerHour(rowOf(), price, 60)).toBe(0);
    expect(usageCostPerHour({ ...row, endMs: row.startMs }, price, 60)).toBe(0);
  });

  it('of a service costs each replica after the first, from its start on', () => {
    const instances = { running: 2.5, starting: 0.5, limit: 5, started: 1 };
    const cost = (given: typeof instances) =>
      usageCostPerHour(rowOf({ costPerHour: 4, instances: given }), undefined, 60);
    expect(cost(instances)).toBe(8);
    expect(cost({ ...instances, running: 0, starting: 1 })).toBe(0);
  });

  it('of a database costs each copy of its data', () => {
    const point = { restores: 0, lostWrites: 0, rpoSeconds: null, rtoSeconds: null };
    const recovery = { snapshots: 3, backups: 2, ...point };
    const row = rowOf({ costPerHour: 4, recovery, endMs: 2_000 });
    // 3 x $0.02 + 2 x $0.10 in two seconds, of which an hour has 30.
    expect(usageCostPerHour(row, undefined, 60)).toBeCloseTo(30 * 0.26, 12);
    expect(usageCostPerHour({ ...row, recovery: null }, undefined, 60)).toBe(0);
  });

  it('is added to the node’s row and to the whole service’s', () => {
    const rows = [
      rowOf({ costPerHour: 5 }),
      rowOf({ node: 'fn', costPerHour: 0, served: 100, latency }),
      rowOf({ node: 'web', costPerHour: 5 }),
    ];
    const usagePrice = (id: string) => (id === 'fn' ? price : undefined);
    const costs = withUsageCosts(rows, { usagePrice, secondsPerGameHour: 60 });
    expect(costs.map(({ node, costPerHour }) => [node, costPerHour])).toEqual([
      [END_TO_END, 29],
      ['fn', 24],
      ['web', 5],
    ]);
  });
});

describe('a stage with a function', () => {
  const position = { x: 0, y: 0 };
  const fn: TopologyNode = { kind: 'serverless', id: 'fn', size: 'M', position };
  const scenario: Scenario = {
    ...helloWorld,
    topology: {
      nodes: [...helloWorld.topology.nodes.filter(({ kind }) => kind !== 'vm-basic'), fn],
      links: [
        { from: 'clients', to: 'fn' },
        ...helloWorld.topology.nodes
          .filter(({ kind }) => kind === 'sql-primary')
          .map(({ id }) => ({ from: 'fn', to: id })),
      ],
    },
  };

  it('pays each second for what the measurements say was used', () => {
    const engine = createEngine({ scenario, seed: 1 });
    engine.dispatch({ type: 'start-operation' });
    const hourly = CATALOG['sql-primary'].sizes[0]?.costPerHour ?? 0;
    let paid = 0;
    for (let second = 1; second <= 20; second++) {
      engine.advanceTo(second * 1000);
      const { endToEnd, nodes, costPerHour } = engine.snapshot();
      const used = nodes.find(({ id }) => id === 'fn')?.measurement?.costPerHour ?? 0;
      expect(endToEnd?.costPerHour).toBeCloseTo(hourly + used, 9);
      expect(costPerHour).toBeCloseTo(hourly + used, 9);
      paid += (hourly + used) / scenario.secondsPerGameHour;
    }
    expect(engine.snapshot().totals.spentOnRunning).toBeCloseTo(paid, 9);
    expect(paid).toBeGreaterThan((hourly / scenario.secondsPerGameHour) * 20 * 1.05);
  });
});

describe('a measuring run', () => {
  it('states usage for an hour of game time, as long as the scenario has it', () => {
    const position = { x: 0, y: 0 };
    const { data, arrivals } = helloWorld;
    const costIn = (secondsPerGameHour: number) => {
      const run = measure({
        topology: {
          nodes: [
            { kind: 'clients', id: 'clients', position },
            { kind: 'serverless', id: 'fn', size: 'S', position },
          ],
          links: [{ from: 'clients', to: 'fn' }],
        },
        classes: helloWorld.classes,
        mix: [{ atSeconds: 0, shares: { home: 1 } }],
        data,
        arrivals,
        secondsPerGameHour,
        seed: 1,
        load: [{ atSeconds: 0, ratePerSecond: 20 }],
        warmupSeconds: 0,
        extent: { seconds: 10 },
      });
      let step = run.next();
      while (!step.done) step = run.next();
      return step.value.rows[0]?.costPerHour ?? 0;
    };
    // 20 requests of at least 8 ms a second.
    const { perThousandRequests = 0, perThousandSeconds = 0 } =
      CATALOG.serverless.sizes[0]?.usagePrice ?? {};
    const least = (0.018 * perThousandRequests + 0.018 * 0.007 * perThousandSeconds) * 60;
    expect(costIn(60)).toBeGreaterThan(least);
    expect(costIn(120) / costIn(60)).toBeCloseTo(2, 9);
  });
});
