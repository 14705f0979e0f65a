import type { Position, TopologyNode } from '@project-devops/simulation/protocol';
import { GRID, NODE_HEIGHT } from './node-box.ts';
import { freePlaceNear } from './placement.ts';

/** The board ends this far from its middle on every side. */
const BOARD_EDGE = 20_000;

function onBoard(value: number): number {
  return Math.max(-BOARD_EDGE, Math.min(BOARD_EDGE, value));
}

/** A position moved by squares of the grid, kept on the board. */
export function movedBy({ x, y }: Position, columns: number, rows: number): Position {
  return { x: onBoard(x + columns * GRID), y: onBoard(y + rows * GRID) };
}

/** Where a copy of a node goes: under the original, or in the nearest free place to there. */
export function placeForClone(original: Position, nodes: readonly TopologyNode[]): Position {
  return freePlaceNear({ x: original.x, y: original.y + NODE_HEIGHT + GRID }, nodes);
}

/** Where a node bought without a pointer goes: the free place nearest to the middle of the others. */
export function placeForNewcomer(nodes: readonly TopologyNode[]): Position {
  const count = Math.max(1, nodes.length);
  const sum = nodes.reduce((at, { position }) => ({ x: at.x + position.x, y: at.y + position.y }), {
    x: 0,
    y: 0,
  });
  return freePlaceNear({ x: sum.x / count, y: sum.y / count }, nodes);
}
