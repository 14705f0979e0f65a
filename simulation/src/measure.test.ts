import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { type Measuring, type MeasuringResult, measure } from './measure.ts';
import {
  END_TO_END,
  errorCount,
  type Measurement,
  type NodeOf,
  type TopologyNode,
} from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { SHARES, SMALL_TOWN } from './testing/small-town.ts';
import { errorsOff, estimate } from './testing/statistics.ts';
import { meanTimeDM1, meanTimeMMc } from './testing/theory.ts';

const { classes, data } = helloWorld;
const position = { x: 0, y: 0 };
const patient = { revenue: 0, onTimeMs: 60_000, timeoutMs: 60_000 };
const constant = (ratePerSecond: number) => [{ atSeconds: 0, ratePerSecond }];

const TOWN: Measuring = {
  topology: SMALL_TOWN,
  classes,
  mix: [{ atSeconds: 0, shares: SHARES }],
  data,
  arrivals: 'poisson',
  seed: 1,
  load: constant(60),
  warmupSeconds: 0,
  extent: { seconds: 20 },
};

/** One event loop on one core, exponential service of ten milliseconds, no latency on the way. */
const STATION: Measuring = {
  ...TOWN,
  topology: {
    nodes: [
      { kind: 'clients', id: 'clients', position },
      { kind: 'vm-basic', id: 'web', size: 'L', position },
    ],
    links: [{ from: 'clients', to: 'web' }],
  },
  classes: { page: { operations: ['static'], ...patient } },
  mix: [{ atSeconds: 0, shares: { page: 1 } }],
  profile: {
    ...DEFAULT_PROFILE,
    linkLatencyMs: 0,
    demands: { ...DEFAULT_PROFILE.demands, 'app-static': { meanMs: 10, cv: 1 } },
  },
  load: constant(80),
};

function finish(measuring: Measuring): MeasuringResult {
  const steps = measure(measuring);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function rowsOf(measuring: Measuring): readonly Measurement[] {
  const result = finish(measuring);
  expect(result.outcome).toBe('measured');
  return result.rows;
}

function service(measuring: Measuring): Measurement {
  return rowsOf(measuring)[0] as Measurement;
}

describe('a measured window', () => {
  it('has the whole service first, then the nodes of the topology in their order', () => {
    const ids = SMALL_TOWN.nodes.map(({ id }) => id).filter((id) => id !== 'clients');
    expect(rowsOf(TOWN).map(({ node }) => node)).toEqual([END_TO_END, ...ids]);
  });

  it.each([20, 60, 400])('accounts for every request at %i a second', (rate) => {
    for (const row of rowsOf({ ...TOWN, load: constant(rate) })) {
      expect(row.offered).toBe(row.served + errorCount(row.errors) + row.inFlight);
      expect(row.latency.bucketCounts.reduce((sum, n) => sum + n, 0)).toBe(row.served);
      expect(row.endMs - row.startMs).toBe(20_000);
    }
  });

  it('begins where the warm-up ends, and neither shows nor changes what was in it', () => {
    const before = rowsOf({ ...TOWN, extent: { seconds: 7.5 } });
    const after = rowsOf({ ...TOWN, warmupSeconds: 7.5, extent: { seconds: 12.5 } });
    rowsOf(TOWN).forEach((whole, i) => {
      const [first, second] = [before[i], after[i]] as [Measurement, Measurement];
      expect([second.startMs, second.endMs]).toEqual([7_500, 20_000]);
      expect(first.offered + second.offered).toBe(whole.offered);
      expect(first.served + second.served).toBe(whole.served);
      expect(second.inFlight).toBe(whole.inFlight);
      expect(second.offered + first.inFlight).toBe(
        second.served + errorCount(second.errors) + second.inFlight,
      );
    });
  });

  it('is the same for the same seed, and another for another', () => {
    expect(rowsOf(TOWN)).toEqual(rowsOf(TOWN));
    expect(service({ ...TOWN, seed: 2 }).latency).not.toEqual(service(TOWN).latency);
  });

  it('ends with the arrival of the last request asked for', () => {
    const row = service({ ...TOWN, warmupSeconds: 3, extent: { requests: 1_234 } });
    expect(row.offered).toBe(1_234);
    expect(row.startMs).toBe(3_000);
    const longer = service({ ...TOWN, warmupSeconds: 3, extent: { requests: 1_235 } });
    expect(longer.endMs).toBeGreaterThan(row.endMs);
  });

  it('follows a load that changes from second to second', () => {
    const load = [
      { atSeconds: 0, ratePerSecond: 0 },
      { atSeconds: 10, ratePerSecond: 100 },
    ];
    const row = service({ ...TOWN, arrivals: 'uniform', load, extent: { seconds: 15 } });
    expect(Math.abs(row.offered - (450 + 500))).toBeLessThanOrEqual(1);
  });
});

describe('progress', () => {
  it('is told after each simulated second and ends at one', () => {
    const steps = [...measure({ ...TOWN, warmupSeconds: 2, extent: { seconds: 3.5 } })];
    expect(steps.map(({ timeMs }) => timeMs)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 5_500]);
    expect(steps.map(({ doneRatio }) => doneRatio)).toEqual(
      [1, 2, 3, 4, 5, 5.5].map((seconds) => (seconds * 1_000) / 5_500),
    );
    expect(steps.map(({ offered }) => offered > 0)).toEqual([false, false, true, true, true, true]);
  });

  it('goes by requests when these are asked for', () => {
    const steps = [...measure({ ...TOWN, extent: { requests: 100 } })];
    expect(steps.at(-1)).toMatchObject({ offered: 100, doneRatio: 1 });
  });
});

describe('against theory', () => {
  const meanMs = ({ latency }: Measurement) => latency.sumMs / latency.count;
  const seeds = Array.from({ length: 20 }, (_, i) => 1_000 + i);
  const run = (arrivals: Measuring['arrivals']) =>
    seeds.map((seed) => {
      const extent = { requests: 20_000 };
      return rowsOf({ ...STATION, arrivals, seed, warmupSeconds: 10, extent });
    });

  it('has the time and utilisation of M/M/1 with Poisson arrivals', () => {
    const runs = run('poisson');
    const times = runs.map(([row]) => meanMs(row as Measurement) / 10);
    const busy = runs.map(([, web]) => web?.utilisation ?? 0);
    expect(errorsOff(estimate(times), meanTimeMMc(1, 0.8))).toBeLessThan(4);
    expect(errorsOff(estimate(busy), 0.8)).toBeLessThan(4);
  });

  it('has the time of D/M/1 with uniform arrivals', () => {
    const times = run('uniform').map(([row]) => meanMs(row as Measurement) / 10);
    expect(errorsOff(estimate(times), meanTimeDM1(0.8))).toBeLessThan(4);
  });
});

describe('memory', () => {
  it('does not grow with the number of requests', () => {
    const steps = measure({ ...STATION, extent: { requests: 1_000_000 } });
    const used = () => process.memoryUsage().arrayBuffers;
    let early = 0;
    let most = 0;
    let result: MeasuringResult | undefined;
    while (result === undefined) {
      const step = steps.next();
      if (step.done === true) result = step.value;
      else if (step.value.doneRatio < 0.1) early = used();
      else most = Math.max(most, used());
    }
    expect(result.rows[0]?.offered).toBe(1_000_000);
    expect(most - early).toBeLessThan(1024 * 1024);
  });

  it('is not filled by a replica that cannot keep up: the run stops and shows where', () => {
    const replicas = Array.from(
      { length: 12 },
      (_, i): TopologyNode => ({ kind: 'sql-replica', id: `replica-${i}`, size: 'S', position }),
    );
    const result = finish({
      ...STATION,
      profile: DEFAULT_PROFILE,
      topology: {
        nodes: [
          { kind: 'clients', id: 'clients', position },
          { kind: 'vm-basic', id: 'web', size: 'XL', position },
          { kind: 'sql-primary', id: 'primary', size: 'XL', position },
          ...replicas,
        ],
        links: [
          { from: 'clients', to: 'web' },
          { from: 'web', to: 'primary' },
          ...replicas.map(({ id }) => ({ from: 'primary', to: id })),
        ],
      },
      classes: { order: { operations: ['write'], ...patient } },
      mix: [{ atSeconds: 0, shares: { order: 1 } }],
      data: { items: 1, zipfExponent: 0, hotRows: 100_000, hotRowExponent: 0 },
      load: constant(400),
      extent: { seconds: 3_600 },
    });
    expect(result.outcome).toBe('overgrown');
    expect(result.rows[0]?.endMs).toBeLessThan(3_600_000);
    const behind = result.rows.filter(({ lagMs }) => (lagMs ?? 0) > 10_000);
    expect(behind.map(({ node }) => node)).toEqual(replicas.map(({ id }) => id));
  });
});

describe('a measurement with faults', () => {
  it('shows what a crash in the measured window costs, counted from the beginning of the warm-up', () => {
    const crash = { id: 'c', kind: 'crash', target: { node: 'web' } } as const;
    const faults = [{ ...crash, atSeconds: 20, durationSeconds: 7 }];
    const quiet: Measuring = { ...STATION, load: constant(20), extent: { seconds: 40 } };
    const errorsOf = (warmupSeconds: number) => {
      return errorCount(service({ ...quiet, faults, warmupSeconds }).errors);
    };
    // Seven seconds down and three of start-up, at twenty requests a second.
    expect(Math.abs(errorsOf(0) - 200)).toBeLessThan(4 * Math.sqrt(200));
    expect(errorsOf(31)).toBe(0);
  });
});

describe('what a measured node costs', () => {
  const databaseOf = (options: Partial<NodeOf<'sql-primary'>>): Measuring => ({
    ...TOWN,
    topology: {
      ...SMALL_TOWN,
      nodes: SMALL_TOWN.nodes.map((node) =>
        node.kind === 'sql-primary' ? { ...node, ...options } : node,
      ),
    },
    load: constant(5),
    extent: { seconds: 1 },
  });
  const costs = (options: Partial<NodeOf<'sql-primary'>>) => {
    const rows = rowsOf(databaseOf(options));
    const database = SMALL_TOWN.nodes.find(({ kind }) => kind === 'sql-primary');
    const costOf = (id: string | undefined) =>
      rows.find(({ node }) => node === id)?.costPerHour ?? Number.NaN;
    return { node: costOf(database?.id), whole: costOf(END_TO_END) };
  };

  it('is each of its shards’ machines, as in the game', () => {
    const one = costs({});
    const four = costs({ shards: { by: 'key', count: 4 } });
    expect(four.node).toBeCloseTo(4 * one.node, 9);
    expect(four.whole - one.whole).toBeCloseTo(3 * one.node, 9);
    const spot = costs({ shards: { by: 'class', count: 2 }, purchase: 'spot' });
    expect(spot.node).toBeCloseTo(2 * 0.3 * one.node, 9);
  });
});
