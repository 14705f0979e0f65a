import type { Link, NodeId, Position, TopologyNode } from '@project-devops/simulation/protocol';

export type Direction = 'left' | 'right' | 'up' | 'down';
type Placed = Pick<TopologyNode, 'id' | 'position'>;

/** How far a step goes ahead, and how far to the side, seen in a direction. */
function stepOf(from: Position, to: Position, direction: Direction) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  switch (direction) {
    case 'right':
      return { ahead: dx, aside: Math.abs(dy) };
    case 'left':
      return { ahead: -dx, aside: Math.abs(dy) };
    case 'down':
      return { ahead: dy, aside: Math.abs(dx) };
    case 'up':
      return { ahead: -dy, aside: Math.abs(dx) };
  }
}

/** What is straight ahead counts as nearer than what is off to the side. */
const ASIDE_WEIGHT = 2;

/** Links lead sideways: steps left and right follow steeper ones than steps up and down. */
const LINK_REACH = { left: 2, right: 2, up: 1, down: 1 } as const satisfies Record<
  Direction,
  number
>;

function nearestAhead<T extends Placed>(
  from: Position,
  nodes: readonly T[],
  direction: Direction,
): T | null {
  let nearest: T | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const { ahead, aside } = stepOf(from, node.position, direction);
    const distance = ahead + aside * ASIDE_WEIGHT;
    if (ahead <= 0 || distance >= least) continue;
    least = distance;
    nearest = node;
  }
  return nearest;
}

function linkedTo(id: NodeId, links: readonly Link[]): ReadonlySet<NodeId> {
  return new Set(
    links.flatMap((link) => (link.from === id ? [link.to] : link.to === id ? [link.from] : [])),
  );
}

/**
 * The node an arrow key leads to: the nearest one in its direction that is linked to the present
 * one, else the nearest at all; null at the edge.
 */
export function neighbourOf(
  from: Placed,
  nodes: readonly Placed[],
  links: readonly Link[],
  direction: Direction,
): NodeId | null {
  const others = nodes.filter((node) => node.id !== from.id);
  const linked = linkedTo(from.id, links);
  const alongLink = others.filter((node) => {
    const { ahead, aside } = stepOf(from.position, node.position, direction);
    return linked.has(node.id) && ahead * LINK_REACH[direction] >= aside;
  });
  const found =
    nearestAhead(from.position, alongLink, direction) ??
    nearestAhead(from.position, others, direction);
  return found?.id ?? null;
}

/** The node nearest to a point, for the focus when the focused node is gone; null on an empty board. */
export function nearestNode(point: Position, nodes: readonly Placed[]): NodeId | null {
  const distance = ({ position }: Placed): number =>
    Math.hypot(position.x - point.x, position.y - point.y);
  const [first, ...rest] = nodes;
  if (!first) return null;
  return rest.reduce((best, node) => (distance(node) < distance(best) ? node : best), first).id;
}
