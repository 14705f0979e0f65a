import type { Component } from '../execution/component.ts';
import type { CatalogEntry, NodeKind, Size, SizeEntry } from '../protocol/index.ts';
import { SIZES } from '../protocol/index.ts';
import { apiGateway } from './api-gateway.ts';
import { cache } from './cache.ts';
import { cdn } from './cdn.ts';
import { clients } from './clients.ts';
import { container, REPLICA_START_MS } from './container.ts';
import {
  APPLICATIONS,
  BEHIND_BALANCERS,
  BEHIND_CDN,
  BEHIND_FIREWALLS,
  BEHIND_GATEWAYS,
  ENTRANCES,
  STORES,
} from './kind-groups.ts';
import { loadBalancer } from './load-balancer.ts';
import { monitoring } from './monitoring.ts';
import { nosql } from './nosql.ts';
import { queue } from './queue.ts';
import { COLD_START_MS, serverless } from './serverless.ts';
import { openConnections, socketGateway } from './socket-gateway.ts';
import { sqlPrimary } from './sql-primary.ts';
import { sqlReplica } from './sql-replica.ts';
import { vmBasic } from './vm-basic.ts';
import { vmHighCpu } from './vm-high-cpu.ts';
import { waf } from './waf.ts';
import { worker } from './worker.ts';

/** What each node kind does. */
export const COMPONENTS = {
  clients,
  'load-balancer': loadBalancer,
  'api-gateway': apiGateway,
  waf,
  'vm-basic': vmBasic,
  'vm-high-cpu': vmHighCpu,
  serverless,
  container,
  'socket-gateway': socketGateway,
  'sql-primary': sqlPrimary,
  'sql-replica': sqlReplica,
  cache,
  cdn,
  nosql,
  queue,
  worker,
  monitoring,
} satisfies { readonly [K in NodeKind]: Component<K> };

/** What a size gives, whatever the kind. */
const MACHINES: Readonly<Record<Size, { cpuMillicores: number; memoryMiB: number }>> = {
  S: { cpuMillicores: 250, memoryMiB: 128 },
  M: { cpuMillicores: 500, memoryMiB: 256 },
  L: { cpuMillicores: 1_000, memoryMiB: 512 },
  XL: { cpuMillicores: 2_000, memoryMiB: 1_024 },
};

type Figures = readonly [S: number, M: number, L: number, XL: number];

/** Twice the machine costs more than twice the money, as large machines do. */
function sizes(price: Figures, costPerHour: Figures, connections: Figures): readonly SizeEntry[] {
  return SIZES.map((size, i) => ({
    size,
    ...MACHINES[size],
    price: price[i] as number,
    costPerHour: costPerHour[i] as number,
    connections: connections[i] as number,
  }));
}

const OPEN_CONNECTIONS = SIZES.map((size) =>
  openConnections(MACHINES[size].memoryMiB),
) as unknown as Figures;

/** A function costs nothing while nobody asks; at full work, a few times a machine of its size. */
function paidByUse(entries: readonly SizeEntry[], perThousandSeconds: Figures): SizeEntry[] {
  return entries.map((entry, i) => ({
    ...entry,
    usagePrice: { perThousandRequests: 0.5, perThousandSeconds: perThousandSeconds[i] as number },
  }));
}

/** Prices, sizes and allowed links of every kind; the order is the shop's. */
export const CATALOG: Readonly<Record<NodeKind, CatalogEntry>> = {
  clients: {
    kind: 'clients',
    group: 'network',
    sizes: [],
    startupMs: 0,
    linksTo: ENTRANCES,
    maxLinks: 1,
  },
  'load-balancer': {
    kind: 'load-balancer',
    group: 'network',
    sizes: sizes([40, 90, 200, 440], [1, 2.4, 5.6, 13], [512, 1_024, 2_048, 4_096]),
    startupMs: 1_000,
    linksTo: BEHIND_BALANCERS,
    maxLinks: null,
  },
  'api-gateway': {
    kind: 'api-gateway',
    group: 'network',
    sizes: sizes([60, 135, 300, 660], [1.5, 3.6, 8.5, 20], [512, 1_024, 2_048, 4_096]),
    startupMs: 1_000,
    linksTo: BEHIND_GATEWAYS,
    maxLinks: null,
  },
  waf: {
    kind: 'waf',
    group: 'network',
    sizes: sizes([80, 180, 400, 880], [2, 4.8, 11, 26], [512, 1_024, 2_048, 4_096]),
    startupMs: 1_000,
    linksTo: BEHIND_FIREWALLS,
    maxLinks: null,
  },
  'vm-basic': {
    kind: 'vm-basic',
    group: 'compute',
    sizes: sizes([60, 160, 400, 960], [2, 7, 18, 42], [128, 128, 128, 256]),
    startupMs: 3_000,
    linksTo: STORES,
    maxLinks: null,
  },
  'vm-high-cpu': {
    kind: 'vm-high-cpu',
    group: 'compute',
    sizes: sizes([110, 290, 720, 1_730], [3.6, 12.5, 32, 76], [128, 128, 128, 256]),
    startupMs: 3_000,
    linksTo: STORES,
    maxLinks: null,
  },
  serverless: {
    kind: 'serverless',
    group: 'compute',
    sizes: paidByUse(sizes([20, 45, 100, 220], [0, 0, 0, 0], [1, 1, 1, 1]), [60, 135, 300, 660]),
    startupMs: COLD_START_MS,
    linksTo: STORES,
    maxLinks: null,
  },
  container: {
    kind: 'container',
    group: 'compute',
    sizes: sizes([110, 240, 520, 1_150], [2.4, 8, 20, 47], [128, 128, 128, 256]),
    startupMs: REPLICA_START_MS,
    linksTo: STORES,
    maxLinks: null,
  },
  'socket-gateway': {
    kind: 'socket-gateway',
    group: 'network',
    sizes: sizes([70, 160, 360, 800], [2, 5, 12, 28], OPEN_CONNECTIONS),
    startupMs: 1_000,
    linksTo: APPLICATIONS,
    maxLinks: null,
  },
  'sql-primary': {
    kind: 'sql-primary',
    group: 'data',
    sizes: sizes([150, 340, 760, 1_700], [4, 10, 24, 56], [20, 50, 100, 200]),
    startupMs: 5_000,
    linksTo: ['sql-replica', 'sql-primary'],
    maxLinks: null,
  },
  'sql-replica': {
    kind: 'sql-replica',
    group: 'data',
    sizes: sizes([100, 230, 520, 1_160], [3, 7.5, 18, 42], [20, 50, 100, 200]),
    startupMs: 5_000,
    linksTo: [],
    maxLinks: null,
  },
  cache: {
    kind: 'cache',
    group: 'data',
    sizes: sizes([60, 140, 320, 720], [2, 5, 12, 28], [128, 256, 512, 1_024]),
    startupMs: 1_000,
    linksTo: ['sql-primary', 'nosql'],
    maxLinks: null,
  },
  cdn: {
    kind: 'cdn',
    group: 'network',
    sizes: sizes([50, 115, 260, 580], [1.5, 3.6, 8.5, 20], [1_024, 2_048, 4_096, 8_192]),
    startupMs: 1_000,
    linksTo: BEHIND_CDN,
    maxLinks: null,
  },
  nosql: {
    kind: 'nosql',
    group: 'data',
    sizes: sizes([130, 300, 670, 1_500], [3.6, 9, 21.5, 50], [100, 200, 400, 800]),
    startupMs: 5_000,
    linksTo: [],
    maxLinks: null,
  },
  queue: {
    kind: 'queue',
    group: 'messaging',
    sizes: sizes([70, 160, 360, 800], [2, 5, 12, 28], [256, 512, 1_024, 2_048]),
    startupMs: 2_000,
    linksTo: ['worker'],
    maxLinks: null,
  },
  worker: {
    kind: 'worker',
    group: 'messaging',
    sizes: sizes([55, 150, 380, 920], [1.8, 6.4, 16.5, 39], [128, 128, 128, 256]),
    startupMs: 3_000,
    linksTo: ['cache', 'sql-primary', 'nosql'],
    maxLinks: null,
  },
  monitoring: {
    kind: 'monitoring',
    group: 'operations',
    sizes: sizes([30, 65, 140, 300], [0.5, 1.2, 2.8, 6.5], [0, 0, 0, 0]),
    startupMs: 2_000,
    linksTo: [],
    maxLinks: null,
  },
};
