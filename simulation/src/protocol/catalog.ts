import type { NodeKind } from './topology.ts';
import type { Size } from './vocabulary.ts';

export type NodeGroup = 'network' | 'compute' | 'data';

/** What one size of a kind gives and costs. */
export interface SizeEntry {
  readonly size: Size;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly price: number;
  readonly costPerHour: number;
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
