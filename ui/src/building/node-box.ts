import type { NodeId, Position, TopologyNode } from '@project-devops/simulation/protocol';

/** Size of a node's card and the distance of the grid's dots, in board units. */
export const NODE_WIDTH = 148;
export const NODE_HEIGHT = 66;
export const GRID = 24;
/** Free space that a new node keeps to its neighbours, in board units. */
const CLEARANCE = 6;

/** A rectangle in board units. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The nearest point of the grid. */
export function snapToGrid(point: Position): Position {
  return { x: Math.round(point.x / GRID) * GRID, y: Math.round(point.y / GRID) * GRID };
}

/** True when the point lies on the card of a node that stands at `centre`. */
export function isOnNode(centre: Position, point: Position): boolean {
  return (
    Math.abs(point.x - centre.x) <= NODE_WIDTH / 2 &&
    Math.abs(point.y - centre.y) <= NODE_HEIGHT / 2
  );
}

/** True when two cards would touch or nearly touch. */
export function areCrowded(a: Position, b: Position): boolean {
  return (
    Math.abs(a.x - b.x) < NODE_WIDTH + CLEARANCE && Math.abs(a.y - b.y) < NODE_HEIGHT + CLEARANCE
  );
}

/** The node whose card is under a point; the last drawn wins. Null on empty ground. */
export function nodeAt(
  nodes: readonly Pick<TopologyNode, 'id' | 'position'>[],
  point: Position,
): NodeId | null {
  return nodes.findLast((node) => isOnNode(node.position, point))?.id ?? null;
}

/** The smallest box that holds all cards; null when there are none. */
export function boundsOf(centres: readonly Position[]): Box | null {
  if (centres.length === 0) return null;
  const xs = centres.map((centre) => centre.x);
  const ys = centres.map((centre) => centre.y);
  return {
    left: Math.min(...xs) - NODE_WIDTH / 2,
    right: Math.max(...xs) + NODE_WIDTH / 2,
    top: Math.min(...ys) - NODE_HEIGHT / 2,
    bottom: Math.max(...ys) + NODE_HEIGHT / 2,
  };
}
