import type { NodeKind } from './topology.ts';
import type { Size } from './vocabulary.ts';

/** Groups of node kinds, in the shop's order. */
export const NODE_GROUPS = ['network', 'compute', 'data', 'messaging', 'operations'] as const;
export type NodeGroup = (typeof NODE_GROUPS)[number];

/** What a function costs by its use: for a thousand requests, and for a thousand seconds of instances at work. */
export interface UsagePrice {
  readonly perThousandRequests: number;
  readonly perThousandSeconds: number;
}

/** What one size of a kind gives and costs. */
export interface SizeEntry {
  readonly size: Size;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly price: number;
  /** Of each replica, where a node has several. */
  readonly costPerHour: number;
  /** Paid beside the hourly cost; absent for kinds that are paid by the hour alone. */
  readonly usagePrice?: UsagePrice;
  /** Requests it holds at once; more are dropped. */
  readonly connections: number;
}

/** A node kind as the shop shows it. `clients` cannot be bought and has no sizes. */
export interface CatalogEntry {
  readonly kind: NodeKind;
  readonly group: NodeGroup;
  readonly sizes: readonly SizeEntry[];
  /** Time from purchase or restart to the first request served, once traffic flows. */
  readonly startupMs: number;
  /** Kinds that a link from this kind may lead to. */
  readonly linksTo: readonly NodeKind[];
  /** Most outgoing links; null when there is no limit. */
  readonly maxLinks: number | null;
}
