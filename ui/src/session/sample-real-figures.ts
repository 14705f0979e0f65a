import {
  type ContainerView,
  END_TO_END,
  type Measurement,
  type Outlook,
  type RealProblem,
  type Scorecard,
  type ScorecardLine,
  type TopologyNode,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';

/** Figures of real mode for tests. */

export const SAMPLE_OUTLOOK: Outlook = {
  containers: 7,
  cpuMillicores: 1_750,
  memoryMiB: 1_180,
  hostCores: 2,
  scale: 1,
  missingImages: [],
  overcommitted: false,
};

const SERVED_FACTOR = 0.94;
const LATENCY_FACTOR = 1.14;
const USED_FACTOR = 0.93;

const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

/** What the containers did where the engine predicted `row`. */
export function sampleMeasured(row: Measurement): Measurement {
  const wave = 1 + 0.03 * Math.sin(row.endMs / 1_700);
  return {
    ...row,
    source: 'measured',
    served: Math.round(row.served * SERVED_FACTOR * wave),
    latency: {
      ...row.latency,
      p50Ms: scaled(row.latency.p50Ms, LATENCY_FACTOR),
      p95Ms: scaled(row.latency.p95Ms, LATENCY_FACTOR * wave),
      p99Ms: scaled(row.latency.p99Ms, LATENCY_FACTOR),
    },
    utilisation: scaled(row.utilisation, USED_FACTOR * wave),
    costPerHour: null,
  };
}

const IMAGES: Readonly<Record<string, string>> = {
  'load-balancer': 'nginx',
  'vm-basic': 'sandbox-service',
  'sql-primary': 'postgres',
  'sql-replica': 'postgres',
  cache: 'redis',
};

export const sampleContainer = (
  node: string,
  image: string,
  changes: Partial<ContainerView> = {},
): ContainerView => ({
  node,
  image: `project-devops/${image}:0123abcd`,
  status: 'healthy',
  cpuMillicores: 250,
  memoryMiB: 256,
  cpuUsed: 0.21,
  exitCode: null,
  lastLines: [],
  ...changes,
});

/** A container of each node, and two of ours. */
export function sampleContainers(nodes: readonly TopologyNode[]): readonly ContainerView[] {
  return [
    ...nodes.flatMap(({ kind, id }) => {
      const image = IMAGES[kind];
      return image === undefined ? [] : [sampleContainer(id, image)];
    }),
    sampleContainer('_prometheus', 'prometheus'),
    sampleContainer('_k6-1', 'k6'),
  ];
}

const line = (
  node: string,
  metric: ScorecardLine['metric'],
  predicted: number | null,
  measured: number | null,
  changes: Partial<ScorecardLine> = {},
): ScorecardLine => {
  const isRatio = ['utilisation', 'hit-ratio', 'error-ratio'].includes(metric);
  const difference = predicted === null || measured === null ? null : predicted - measured;
  const error = difference === null ? null : isRatio ? difference : difference / (measured || 1);
  return {
    node,
    metric,
    predicted,
    measured,
    error,
    bias: error,
    meanAbsoluteError: error === null ? null : Math.abs(error),
    state: { state: 'compared' },
    ...changes,
  };
};

/** A scorecard with a line of every state, around the figures of a window. */
export function sampleScorecard(row: Measurement | null = null): Scorecard {
  const rate = row === null ? 62.6 : throughputPerSecond(row);
  const p95 = row?.latency.p95Ms ?? 362;
  return {
    format: 'project-devops/scorecard@1',
    startMs: 0,
    endMs: 60_000,
    validWindows: 55,
    invalidWindows: 2,
    lines: [
      line('web-1', 'p95-latency', 362, 362 * LATENCY_FACTOR),
      line(END_TO_END, 'p95-latency', p95, p95 * LATENCY_FACTOR),
      line(END_TO_END, 'throughput', rate, rate * SERVED_FACTOR),
      line('primary', 'utilisation', 0.88, 0.84),
      line(END_TO_END, 'error-ratio', 0.027, 0.031),
      line('cache-1', 'hit-ratio', 0.83, 0.82),
      line('replica', 'lag', 400, null, { state: { state: 'no-data', ageMs: 12_000 } }),
      line('web-1', 'p99-latency', 890, 910, {
        error: null,
        state: { state: 'too-few', samples: 12 },
      }),
      line('primary', 'p50-latency', null, 3.1, { state: { state: 'not-modelled' } }),
    ],
    grade: {
      grade: 'B',
      reason: 'web-1 p95 is 14 % higher than predicted.',
      decidedBy: 'web-1 p95-latency',
    },
    provenance: {
      scenario: 'hello-world',
      seed: 3,
      ruleset: '1-0123456789abcdef',
      profile: { name: 'game cloud', measuredOn: null },
      scale: 1,
      versions: { nginx: '1.26.3', postgres: '17' },
      hardware: { cpu: 'Sample CPU', cores: 2, memoryMiB: 8_192 },
    },
  };
}

export const sampleProblem = (changes: Partial<RealProblem> = {}): RealProblem => ({
  code: 'container-exited',
  message: 'The container of web-1 ended by itself.',
  node: 'web-1',
  remedy: 'Look at its last lines, then restart the node.',
  lastLines: ['listening on 8080', 'Error: out of memory'],
  ...changes,
});
