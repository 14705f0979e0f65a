import type { Component } from '../execution/component.ts';
import type { CatalogEntry, NodeKind, Size, SizeEntry } from '../protocol/index.ts';
import { SIZES } from '../protocol/index.ts';
import { cache } from './cache.ts';
import { clients } from './clients.ts';
import { loadBalancer } from './load-balancer.ts';
import { sqlPrimary } from './sql-primary.ts';
import { sqlReplica } from './sql-replica.ts';
import { vmBasic } from './vm-basic.ts';

/** What each node kind does. */
export const COMPONENTS = {
  clients,
  'load-balancer': loadBalancer,
  'vm-basic': vmBasic,
  'sql-primary': sqlPrimary,
  'sql-replica': sqlReplica,
  cache,
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

/** Prices, sizes and allowed links of every kind; the order is the shop's. */
export const CATALOG: Readonly<Record<NodeKind, CatalogEntry>> = {
  clients: {
    kind: 'clients',
    group: 'network',
    sizes: [],
    startupMs: 0,
    linksTo: ['load-balancer', 'vm-basic'],
    maxLinks: 1,
  },
  'load-balancer': {
    kind: 'load-balancer',
    group: 'network',
    sizes: sizes([40, 90, 200, 440], [1, 2.4, 5.6, 13], [512, 1_024, 2_048, 4_096]),
    startupMs: 1_000,
    linksTo: ['vm-basic'],
    maxLinks: null,
  },
  'vm-basic': {
    kind: 'vm-basic',
    group: 'compute',
    sizes: sizes([60, 160, 400, 960], [2, 7, 18, 42], [128, 128, 128, 256]),
    startupMs: 3_000,
    linksTo: ['cache', 'sql-primary', 'sql-replica'],
    maxLinks: null,
  },
  'sql-primary': {
    kind: 'sql-primary',
    group: 'data',
    sizes: sizes([150, 340, 760, 1_700], [4, 10, 24, 56], [20, 50, 100, 200]),
    startupMs: 5_000,
    linksTo: ['sql-replica'],
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
    linksTo: [],
    maxLinks: null,
  },
};
