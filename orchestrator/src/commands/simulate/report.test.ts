import { DEFAULT_PROFILE, SCENARIOS } from '@project-devops/simulation';
import {
  END_TO_END,
  LATENCY_BOUNDS_MS,
  type Measurement,
  MeasurementSchema,
  type Scenario,
  UNMEASURED,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import type { Order } from './arguments.ts';
import { csvOf } from './csv.ts';
import { reportOf } from './report.ts';
import type { Subject } from './subject.ts';
import { tableOf } from './table.ts';

const scenario = SCENARIOS[0] as Scenario;
const measuring = {
  ...scenario,
  profile: DEFAULT_PROFILE,
  seed: 7,
  load: [],
  warmupSeconds: 10,
  extent: { seconds: 20 },
};
const latency = {
  count: 40,
  sumMs: 500,
  bucketCounts: LATENCY_BOUNDS_MS.map(() => 0).concat(0),
  p50Ms: 10.04,
  p95Ms: 30,
  p99Ms: 40.25,
};

function row(changes: Partial<Measurement>): Measurement {
  return {
    node: END_TO_END,
    source: 'predicted',
    startMs: 10_000,
    endMs: 30_000,
    offered: 51,
    served: 40,
    good: 39,
    errors: {},
    inFlight: 1,
    latency,
    ...UNMEASURED,
    costPerHour: 6,
    ...changes,
  };
}

const ROWS = [
  row({ errors: { 'time-out': 4, 'queue-full': 6 } }),
  row({
    node: 'web-1',
    utilisation: 0.5,
    queueDepth: 1.234,
    connections: { used: 9, limit: 128 },
    latency: { ...latency, count: 0, sumMs: 0, p50Ms: null, p95Ms: null, p99Ms: null },
  }),
];

/** Lists and records, which no column could hold, and what the columns are computed from. */
const NO_FIGURES = ['bucketCounts', 'goodByClass', 'errors', 'count', 'sumMs', 'node', 'source'];

/** A row in which every figure of the schema has a number of its own, and these numbers. */
function fullRow() {
  const figures: number[] = [];
  const filled = (schema: object): unknown => {
    const { anyOf, properties } = schema as Schema;
    if (anyOf?.[0] !== undefined) return filled(anyOf[0]);
    if (properties === undefined) return figures.push(7_001 + figures.length) + 7_000;
    const members = Object.entries(properties);
    const single = members.filter(([name]) => !NO_FIGURES.includes(name));
    return Object.fromEntries(single.map(([name, member]) => [name, filled(member)]));
  };
  const { latency: percentiles, ...others } = filled(MeasurementSchema) as Measurement;
  const hostile = { ...others.hostile, errors: {} } as NonNullable<Measurement['hostile']>;
  return { row: { ...others, hostile, latency: { ...latency, ...percentiles } }, figures };
}

interface Schema {
  readonly anyOf?: readonly object[];
  readonly properties?: Readonly<Record<string, object>>;
}

function report(kind: Subject['kind'], order: Partial<Order> = {}, rows = ROWS) {
  const full: Order = {
    file: 'a.yaml',
    output: 'table',
    seed: 7,
    arrivals: null,
    warmupSeconds: 10,
    ratePerSecond: null,
    extent: null,
    profile: null,
    trace: null,
    ...order,
  };
  return reportOf({ kind, scenario }, full, measuring, rows);
}

describe('a report', () => {
  it('says that a forecast heeds no users, and when it is over', () => {
    expect(report('scenario').notes).toEqual([expect.stringContaining('without feedback')]);
    const later = report('scenario', {}, [row({ endMs: 500_000 })]).notes;
    expect(later[1]).toBe('The scenario ends after 480 s; from then on the load stays as it was.');
  });

  it('says where the rate and a topology’s classes come from', () => {
    expect(report('topology', { ratePerSecond: 2.5 }).notes).toEqual([
      'Load: 2.5 requests/s throughout, as --rate says.',
      expect.stringContaining('those of the stage hello-world'),
    ]);
    expect(report('scenario', { ratePerSecond: 2.5 }).notes).toHaveLength(1);
  });

  it('names each node’s kind and the time that was measured', () => {
    const { rows, measuredSeconds } = report('scenario');
    expect(rows.map(({ node, kind }) => [node, kind])).toEqual([
      ['*', null],
      ['web-1', 'vm-basic'],
    ]);
    expect(measuredSeconds).toBe(20);
  });
});

describe('the table', () => {
  it('has a line a node, without columns that nothing fills, and the causes of errors', () => {
    const text = tableOf(report('scenario', { ratePerSecond: 2.5 }));
    expect(text).toBe(
      [
        'a.yaml (scenario)',
        'Load: 2.5 requests/s throughout, as --rate says.',
        'Arrivals: poisson. Profile: game cloud. Seed 7; warm-up 10 s, measured 20 s.',
        '',
        'node        kind      offered  served  served/s  errors %  mean ms  p50 ms  p95 ms  p99 ms  CPU %  CPU queue  connections   $/h',
        'end to end  -              51      40       2.0      20.0     12.5    10.0    30.0    40.3      -          -            -  6.00',
        'web-1       vm-basic       51      40       2.0       0.0        -       -       -       -   50.0       1.23        9/128  6.00',
        '',
        'Errors by cause:',
        '  end to end: queue-full 6, time-out 4',
        '',
      ].join('\n'),
    );
  });
});

describe('what only some nodes have to tell', () => {
  const text = (changes: Partial<Measurement>) => tableOf(report('scenario', {}, [row(changes)]));

  it('stands below the grid, and is left out where there is none', () => {
    expect(text({ staleReads: 3, lostWrites: 0, writeConflicts: null })).toMatch(
      /\n\nData:\n {2}end to end: stale reads 3\n$/,
    );
    expect(text({ staleReads: 0, messages: null })).not.toMatch(/Data|Messages|Errors|Hostile/);
  });

  it('are messages, hostile requests and instances', () => {
    const messages = {
      appended: 9,
      consumed: 4,
      waiting: 3,
      expired: 0,
      deadLettered: 2,
      lost: 0,
      redelivered: 0,
      duplicates: 0,
      meanMs: 1.25,
    };
    expect(text({ messages })).toContain(
      'appended 9, consumed 4, waiting 3, dead letters 2, mean 1.3 ms\n',
    );
    const hostile = { offered: 9, served: 2, errors: { blocked: 7 }, inFlight: 0, breaches: 1 };
    expect(text({ hostile, flagged: 8 })).toContain(
      'end to end: offered 9, served 2, breaches 1, blocked 7, flagged 8\n',
    );
    const instances = { running: 1.26, starting: 0, limit: 5, started: 1 };
    expect(text({ instances })).toMatch(/ instances .*\n.* 1\.3\/5 /);
  });
});

describe('the CSV', () => {
  it('has a column for every single figure that a measurement may have', () => {
    const { row: full, figures } = fullRow();
    const [, line = ''] = csvOf(report('scenario', {}, [row(full)])).split('\n');
    const cells = line.split(',');
    expect(figures.length).toBeGreaterThan(40);
    expect(figures.filter((figure) => !cells.includes(String(figure)))).toEqual([]);
  });

  it('has a header, a line a row, exact figures, and nothing where nothing applies', () => {
    const [header, ...lines] = csvOf(report('scenario'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const records = lines.map((cells) =>
      Object.fromEntries((header ?? []).map((name, i) => [name, cells[i]])),
    );
    expect(records[0]).toMatchObject({
      node: '*',
      kind: '',
      errors: '10',
      'time-out': '4',
      'node-down': '0',
      throughputPerSecond: '2',
      meanMs: '12.5',
      p50Ms: '10.04',
      utilisation: '',
    });
    expect(records[1]).toMatchObject({
      node: 'web-1',
      kind: 'vm-basic',
      meanMs: '',
      p50Ms: '',
      queueDepth: '1.234',
      connectionsUsed: '9',
      connectionsLimit: '128',
    });
  });
});
