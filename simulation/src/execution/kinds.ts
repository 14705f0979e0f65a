import type { Demand, NodeKind, SizeEntry, TopologyNode, Work } from '../protocol/index.ts';
import type { Component } from './component.ts';

/** What node kinds mean to the simulator: behaviour and figures, handed in so that it knows no kind itself. */
export interface Kinds {
  readonly components: Readonly<Record<NodeKind, Component>>;
  sizeEntry(node: TopologyNode): SizeEntry | null;
  startupMs(kind: NodeKind): number;
  /** What a work takes where the profile does not say. */
  readonly demands: Readonly<Record<Work, Demand>>;
}
