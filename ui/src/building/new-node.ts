import type {
  NodeId,
  NodeKind,
  NodeOptionForms,
  Position,
  Size,
  TopologyNode,
} from '@project-devops/simulation/protocol';

/** A node of a kind that is sold, with the usual value of each option that a node has to state. */
export function newNode(
  forms: NodeOptionForms,
  kind: NodeKind,
  id: NodeId,
  size: Size,
  position: Position,
): TopologyNode {
  const stated = forms[kind].filter(({ isRequired }) => isRequired);
  const options = Object.fromEntries(stated.map((form) => [form.name, form.default]));
  return { kind, id, size, position, ...options } as TopologyNode;
}
