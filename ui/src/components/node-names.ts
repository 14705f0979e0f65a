import type { NodeId, NodeKind } from '@project-devops/simulation/protocol';
import { NODE_CATALOGUE } from './node-catalogue.ts';

/** The first free id for a new node of a kind: `web-1`, `web-2` and so on. */
export function nextNodeId(kind: NodeKind, taken: Iterable<NodeId>): NodeId {
  const ids = new Set(taken);
  const prefix = NODE_CATALOGUE[kind].idPrefix;
  let number = 1;
  while (ids.has(`${prefix}-${number}`)) number++;
  return `${prefix}-${number}`;
}
