import type { NodeId, NodeKind } from '@project-devops/simulation/protocol';

/** What a node's id starts with unless the player says otherwise. */
export const NODE_ID_PREFIXES = {
  clients: 'clients',
  'load-balancer': 'lb',
  'vm-basic': 'web',
  'sql-primary': 'primary',
  'sql-replica': 'replica',
  cache: 'cache',
} as const satisfies Record<NodeKind, string>;

/** The first free id for a new node of a kind: `web-1`, `web-2` and so on. */
export function nextNodeId(kind: NodeKind, taken: Iterable<NodeId>): NodeId {
  const ids = new Set(taken);
  const prefix = NODE_ID_PREFIXES[kind];
  let number = 1;
  while (ids.has(`${prefix}-${number}`)) number++;
  return `${prefix}-${number}`;
}
