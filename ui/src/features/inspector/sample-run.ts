import type {
  CatalogEntry,
  Measurement,
  NodeGroup,
  NodeKind,
  NodeView,
  Scenario,
  Snapshot,
  TopologyNode,
} from '@project-devops/simulation/protocol';

/** A small made-up run that the tests of the panels share. */

const PRICES = { S: 40, M: 70, L: 120, XL: 220 } as const;
const CPU = { S: 250, M: 500, L: 1000, XL: 2000 } as const;

function entry(
  kind: NodeKind,
  group: NodeGroup,
  linksTo: readonly NodeKind[],
  maxLinks: number | null,
): CatalogEntry {
  const sizes = (['S', 'M', 'L', 'XL'] as const).map((size) => ({
    size,
    cpuMillicores: CPU[size],
    memoryMiB: CPU[size] / 2,
    price: PRICES[size],
    costPerHour: PRICES[size] / 20,
    connections: CPU[size] / 4,
  }));
  return {
    kind,
    group,
    sizes: kind === 'clients' ? [] : sizes,
    startupMs: 5000,
    linksTo,
    maxLinks,
  };
}

export const sampleCatalog: readonly CatalogEntry[] = [
  entry('clients', 'network', ['load-balancer', 'vm-basic'], 1),
  entry('load-balancer', 'network', ['vm-basic'], null),
  entry('vm-basic', 'compute', ['sql-primary', 'sql-replica', 'cache'], null),
  entry('sql-primary', 'data', ['sql-replica'], null),
  entry('sql-replica', 'data', [], null),
  entry('cache', 'data', [], null),
];

export const sampleNodes: readonly TopologyNode[] = [
  { kind: 'clients', id: 'clients', position: { x: 0, y: 0 } },
  {
    kind: 'load-balancer',
    id: 'lb-1',
    size: 'S',
    policy: 'round-robin',
    position: { x: 220, y: 0 },
  },
  { kind: 'vm-basic', id: 'web-1', size: 'M', position: { x: 440, y: -60 } },
  { kind: 'vm-basic', id: 'web-2', size: 'XL', position: { x: 440, y: 60 } },
  { kind: 'sql-primary', id: 'primary', size: 'S', position: { x: 660, y: 0 } },
  { kind: 'cache', id: 'cache-1', size: 'S', eviction: 'lru', position: { x: 660, y: 120 } },
];

/** A measurement of the second before `endMs`; `changes` replace fields. */
export function sampleRow(
  node: string,
  endMs: number,
  changes: Partial<Measurement> = {},
): Measurement {
  return {
    node,
    source: 'predicted',
    startMs: endMs - 1000,
    endMs,
    offered: 64,
    served: 61,
    good: 58,
    errors: {},
    inFlight: 12,
    latency: { count: 61, sumMs: 5200, bucketCounts: [], p50Ms: 48, p95Ms: 362, p99Ms: 890 },
    utilisation: 0.62,
    queueDepth: 1.4,
    connections: { used: 38, limit: 125 },
    lockWaits: null,
    hitRatio: null,
    lagMs: null,
    costPerHour: 3.5,
    ...changes,
  };
}

function view(id: string, changes: Partial<NodeView> = {}): NodeView {
  return {
    id,
    state: 'ready',
    measurement: sampleRow(id, 100_000),
    limitedBy: null,
    dropped: {},
    lockWaits: 0,
    ...changes,
  };
}

export const sampleSnapshot: Snapshot = {
  timeMs: 100_400,
  phase: 'operation',
  revision: 3,
  topology: {
    nodes: sampleNodes,
    links: [
      { from: 'clients', to: 'lb-1' },
      { from: 'lb-1', to: 'web-1' },
      { from: 'lb-1', to: 'web-2' },
      { from: 'web-1', to: 'primary' },
    ],
  },
  money: 100,
  costPerHour: 21,
  earnedPerHour: 140,
  users: 1824,
  usersPerSecond: 3,
  errorGauge: 0.1,
  offeredPerSecond: 64,
  endToEnd: sampleRow('*', 100_000, { errors: { 'queue-full': 3 }, utilisation: null }),
  nodes: [
    view('clients', { measurement: sampleRow('clients', 100_000, { utilisation: null }) }),
    view('lb-1'),
    view('web-1', {
      measurement: sampleRow('web-1', 100_000, {
        utilisation: 0.97,
        queueDepth: 38,
        connections: { used: 125, limit: 125 },
        errors: { 'queue-full': 31, 'dependency-failed': 2 },
      }),
      limitedBy: { limit: 'cpu', sinceMs: 60_000 },
      dropped: { 'queue-full': 31 },
    }),
    view('web-2', { state: 'starting', measurement: null }),
    view('primary', {
      measurement: sampleRow('primary', 100_000, { lockWaits: 1.5 }),
      lockWaits: 2,
    }),
    view('cache-1', { measurement: sampleRow('cache-1', 100_000, { hitRatio: 0.83 }) }),
  ],
  links: [
    { from: 'clients', to: 'lb-1', calls: { static: 40, read: 24 }, failed: 0, meanMs: 51 },
    { from: 'lb-1', to: 'web-1', calls: { static: 20, read: 12 }, failed: 31, meanMs: 80.5 },
    { from: 'lb-1', to: 'web-2', calls: {}, failed: 0, meanMs: null },
    { from: 'web-1', to: 'primary', calls: { read: 12, write: 3 }, failed: 0, meanMs: 6.2 },
  ],
  totals: {
    offered: 6000,
    served: 5900,
    good: 5800,
    errors: { 'queue-full': 100 },
    meanLatencyMs: 60,
    p50LatencyMs: 48,
    p95LatencyMs: 300,
    p99LatencyMs: 800,
    maxThroughputPerSecond: 66,
    maxUsers: 1824,
    uptimeRatio: 0.98,
    spentOnBuilding: 300,
    spentOnRunning: 35,
    refunded: 0,
    earned: 230,
  },
  stateHash: '0123456789abcdef',
};

export const sampleScenario: Scenario = {
  format: 'project-devops/scenario@1',
  id: 'sample',
  title: 'Sample',
  situation: 'A sample.',
  goal: 'Hold on.',
  durationSeconds: 480,
  secondsPerGameHour: 60,
  startingMoney: 500,
  bankruptcyFloor: 0,
  topology: { nodes: sampleNodes, links: [] },
  shop: ['load-balancer', 'vm-basic', 'sql-primary', 'cache'],
  classes: {
    home: { operations: ['static'], revenue: 0.01, onTimeMs: 300, timeoutMs: 5000 },
    browse: {
      operations: ['static', 'read', 'read'],
      revenue: 0.02,
      onTimeMs: 400,
      timeoutMs: 5000,
    },
    signup: { operations: ['static', 'write'], revenue: 0.2, onTimeMs: 800, timeoutMs: 8000 },
  },
  mix: [
    { atSeconds: 0, shares: { home: 6, browse: 3, signup: 1 } },
    { atSeconds: 60, shares: { home: 1, browse: 3 } },
  ],
  data: { items: 1000, zipfExponent: 1, hotRows: 10, hotRowExponent: 1 },
  users: { initial: 100, requestsPerUserPerMinute: 2, growthPerSecond: 0.01, churnPerSecond: 0.1 },
  traffic: [{ atSeconds: 0, factor: 1 }],
  arrivals: 'poisson',
  events: [],
  objective: { maxErrorRatio: 0.05, gaugeSeconds: 30 },
  scoring: { throughputPerSecond: 60, meanLatencyMs: 80, p95LatencyMs: 300, costPerThousand: 1 },
};
