import type { NodeId, NodeKind } from '@project-devops/simulation/protocol';
import type { PlanNode } from './node-plan.ts';

/** The topology holds a node of a kind, or with an option, that real mode has no image for. */
export class NotInContainers extends Error {
  override readonly name = 'NotInContainers';
  readonly node: NodeId;
  /** What to change in the topology, as a sentence. */
  readonly remedy: string;

  /** `change`: what the player may do about it, beside staying with the simulation. */
  constructor(node: NodeId, reason: string, change: string) {
    super(`Real mode cannot run ${node} yet: ${reason}.`);
    this.node = node;
    this.remedy = `${change}, or stay with the simulation.`;
  }
}

/** The plan of a kind that exists in the simulation only; throws NotInContainers. */
export const notYetInContainers: PlanNode<NodeKind> = (node) => {
  const reason = `there is no container image for a ${node.kind}`;
  throw new NotInContainers(node.id, reason, `Remove ${node.id} from the board`);
};
