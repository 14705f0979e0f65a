import type { Position } from '@project-devops/simulation/protocol';
import { type Curve, pointAt } from './curve.ts';

/** Pieces of equal length that a curve is cut into. */
export const PATH_STEPS = 24;
const FINE_STEPS = 48;

/** A curve as `PATH_STEPS + 1` points at equal distances: x, y, x, y and so on, in board units. */
export interface Path {
  readonly points: Float32Array;
  readonly length: number;
}

const fineX = new Float64Array(FINE_STEPS + 1);
const fineY = new Float64Array(FINE_STEPS + 1);
const fineLength = new Float64Array(FINE_STEPS + 1);

function measure(curve: Curve): number {
  for (let i = 0; i <= FINE_STEPS; i++) {
    const { x, y } = pointAt(curve, i / FINE_STEPS);
    fineX[i] = x;
    fineY[i] = y;
    if (i === 0) continue;
    const step = Math.hypot(x - (fineX[i - 1] ?? 0), y - (fineY[i - 1] ?? 0));
    fineLength[i] = (fineLength[i - 1] ?? 0) + step;
  }
  return fineLength[FINE_STEPS] ?? 0;
}

/** Cuts a curve into pieces of equal length, so that a steady step is a steady speed. */
export function pathOf(curve: Curve): Path {
  const length = measure(curve);
  const points = new Float32Array((PATH_STEPS + 1) * 2);
  let piece = 1;
  for (let i = 0; i <= PATH_STEPS; i++) {
    const wanted = (length * i) / PATH_STEPS;
    while (piece < FINE_STEPS && (fineLength[piece] ?? 0) < wanted) piece++;
    const before = fineLength[piece - 1] ?? 0;
    const width = (fineLength[piece] ?? 0) - before;
    const share = width === 0 ? 0 : Math.min(1, (wanted - before) / width);
    const x = fineX[piece - 1] ?? 0;
    const y = fineY[piece - 1] ?? 0;
    points[i * 2] = x + ((fineX[piece] ?? 0) - x) * share;
    points[i * 2 + 1] = y + ((fineY[piece] ?? 0) - y) * share;
  }
  return { points, length };
}

/** The point a share of the way along, 0 (start) to 1 (end). */
export function pointOnPath(path: Path, share: number): Position {
  const at = Math.max(0, Math.min(1, share)) * PATH_STEPS;
  const i = Math.min(PATH_STEPS - 1, Math.floor(at));
  const rest = at - i;
  const x = path.points[i * 2] ?? 0;
  const y = path.points[i * 2 + 1] ?? 0;
  return {
    x: x + ((path.points[i * 2 + 2] ?? 0) - x) * rest,
    y: y + ((path.points[i * 2 + 3] ?? 0) - y) * rest,
  };
}

function squaredDistanceToPiece(path: Path, i: number, point: Position): number {
  const x = path.points[i * 2] ?? 0;
  const y = path.points[i * 2 + 1] ?? 0;
  const dx = (path.points[i * 2 + 2] ?? 0) - x;
  const dy = (path.points[i * 2 + 3] ?? 0) - y;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - x) * dx + (point.y - y) * dy) / squared;
  const share = Math.max(0, Math.min(1, along));
  const offX = point.x - x - dx * share;
  const offY = point.y - y - dy * share;
  return offX * offX + offY * offY;
}

/** Shortest distance from a point to the path, in board units. */
export function distanceToPath(path: Path, point: Position): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < PATH_STEPS; i++) {
    nearest = Math.min(nearest, squaredDistanceToPiece(path, i, point));
  }
  return Math.sqrt(nearest);
}

/** The nearest of the items whose path passes within `tolerance` of the point; null when none does. */
export function itemAt<T extends { readonly path: Path }>(
  items: readonly T[],
  point: Position,
  tolerance: number,
): T | null {
  let found: T | null = null;
  let nearest = tolerance;
  for (const item of items) {
    const distance = distanceToPath(item.path, point);
    if (distance > nearest) continue;
    nearest = distance;
    found = item;
  }
  return found;
}
