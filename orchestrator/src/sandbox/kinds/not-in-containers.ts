import type { NodeId, NodeKind } from '@project-devops/simulation/protocol';
import type { PlanNode } from './node-plan.ts';

/** The topology holds a node of a kind, or with an option, that real mode has no image for. */
export class NotInContainers extends Error {
  override readonly name = 'NotInContainers';
  readonly node: NodeId;

  constructor(node: NodeId, reason: string) {
    super(`Real mode cannot run ${node} yet: ${reason}.`);
    this.node = node;
  }
}

/** The plan of a kind that exists in the simulation only; throws NotInContainers. */
export const notYetInContainers: PlanNode<NodeKind> = (node) => {
  throw new NotInContainers(node.id, `there is no container image for a ${node.kind}`);
};
