import type {
  NodeId,
  NodeKind,
  Position,
  Size,
  TopologyNode,
} from '@project-devops/simulation/protocol';

/** A node as it is bought: of a kind and size, with the kind's usual options. */
export function newNode(kind: NodeKind, id: NodeId, size: Size, position: Position): TopologyNode {
  switch (kind) {
    case 'clients':
      return { kind, id, position };
    case 'load-balancer':
      return { kind, id, size, position, policy: 'round-robin' };
    case 'cache':
      return { kind, id, size, position, eviction: 'lru' };
    case 'vm-basic':
    case 'sql-primary':
    case 'sql-replica':
      return { kind, id, size, position };
  }
}
