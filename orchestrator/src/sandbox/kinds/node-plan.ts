import type { NodeKind, NodeOf, SizeEntry } from '@project-devops/simulation/protocol';
import type { ImageName } from '../desired.ts';
import type { PlanInput } from '../plan-input.ts';

/** What a node's plan may look at. */
export interface Around {
  readonly input: PlanInput;
  /** The size's figures; the CPU limit is the scaled one. */
  readonly size: SizeEntry;
  /** Ids of the nodes of a kind that the node is linked to, in the links' order. */
  readonly linked: (kind: NodeKind) => readonly string[];
  /** Ids of the nodes of a kind that are linked to the node. */
  readonly linkedFrom: (kind: NodeKind) => readonly string[];
}

/** What is particular to a node's container; all else is the same for every container. */
export interface ContainerPlan {
  readonly image: ImageName;
  readonly rank: 0 | 1 | 2 | 3;
  readonly arguments: readonly string[];
  readonly configuration: string;
  /** The part of the configuration that cannot be changed while the container runs; empty when all can. */
  readonly fixed: string;
  /** Besides CONFIGURATION. */
  readonly environment: Readonly<Record<string, string>>;
  /** The image does not run in less, whatever the size. */
  readonly minimumMemoryMiB: number;
  readonly pidsLimit: number;
  /** Room for what a store keeps in `/data`; null when it keeps nothing there. */
  readonly dataMiB: number | null;
}

/** How a kind becomes a container; null for a kind that has none. */
export type PlanNode<K extends NodeKind> = (
  node: NodeOf<K>,
  around: Around,
) => ContainerPlan | null;
