import type { Position } from '@project-devops/simulation/protocol';
import { NODE_HEIGHT, NODE_WIDTH } from '../../../building/node-box.ts';

/** A cubic Bézier curve in board units: start, two handles, end. */
export interface Curve {
  readonly start: Position;
  readonly handleA: Position;
  readonly handleB: Position;
  readonly end: Position;
}

/** Shortest handle, so that curves between close nodes still leave the card at a right angle. */
const MIN_HANDLE = 20;

function sidewaysCurve(start: Position, end: Position, direction: number): Curve {
  const reach = direction * Math.max(MIN_HANDLE, Math.abs(end.x - start.x) / 2);
  return {
    start,
    handleA: { x: start.x + reach, y: start.y },
    handleB: { x: end.x - reach, y: end.y },
    end,
  };
}

function uprightCurve(start: Position, end: Position, direction: number): Curve {
  const reach = direction * Math.max(MIN_HANDLE, Math.abs(end.y - start.y) / 2);
  return {
    start,
    handleA: { x: start.x, y: start.y + reach },
    handleB: { x: end.x, y: end.y - reach },
    end,
  };
}

/**
 * The link between two nodes' centres: from side to side where the cards stand beside each other,
 * from edge to edge where one stands above the other.
 */
export function curveBetween(from: Position, to: Position): Curve {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const gapX = Math.abs(dx) - NODE_WIDTH;
  const gapY = Math.abs(dy) - NODE_HEIGHT;
  if (gapX >= Math.min(MIN_HANDLE, gapY)) {
    const side = dx < 0 ? -1 : 1;
    const half = (side * NODE_WIDTH) / 2;
    return sidewaysCurve({ x: from.x + half, y: from.y }, { x: to.x - half, y: to.y }, side);
  }
  const side = dy < 0 ? -1 : 1;
  const half = (side * NODE_HEIGHT) / 2;
  return uprightCurve({ x: from.x, y: from.y + half }, { x: to.x, y: to.y - half }, side);
}

/** The unfinished link from a node's port to the pointer. */
export function curveToPoint(from: Position, point: Position): Curve {
  const side = point.x < from.x - NODE_WIDTH / 2 ? -1 : 1;
  return sidewaysCurve({ x: from.x + (side * NODE_WIDTH) / 2, y: from.y }, point, side);
}

/** The point at parameter `t`, 0 (start) to 1 (end). */
export function pointAt(curve: Curve, t: number): Position {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * curve.start.x + b * curve.handleA.x + c * curve.handleB.x + d * curve.end.x,
    y: a * curve.start.y + b * curve.handleA.y + c * curve.handleB.y + d * curve.end.y,
  };
}
