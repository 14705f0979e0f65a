import type { Position } from '@project-devops/simulation/protocol';
import type { Box } from '../../../building/node-box.ts';

/** How board units become pixels of the map: `pixel = unit * k + (x, y)`. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** The map's size in pixels, and how much of it at each edge is covered by legends and buttons. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly insets: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
}

export const MIN_ZOOM = 0.15;
export const MAX_ZOOM = 2.5;
/** Small topologies are not blown up beyond this. */
export const MAX_FIT_ZOOM = 1;

/** Where on the board a pixel of the view is. */
export function toBoard(view: View, pixel: Position): Position {
  return { x: (pixel.x - view.x) / view.k, y: (pixel.y - view.y) / view.k };
}

/** Where in the view a point of the board is seen, in pixels. */
export function toPixel(view: View, point: Position): Position {
  return { x: point.x * view.k + view.x, y: point.y * view.k + view.y };
}

function clearSize(viewport: Viewport): { width: number; height: number } {
  const { insets } = viewport;
  return {
    width: Math.max(1, viewport.width - insets.left - insets.right),
    height: Math.max(1, viewport.height - insets.top - insets.bottom),
  };
}

/** The view that puts a point of the board in the middle of the uncovered map at a given zoom. */
export function centreOn(point: Position, k: number, viewport: Viewport): View {
  const clear = clearSize(viewport);
  return {
    k,
    x: viewport.insets.left + clear.width / 2 - point.x * k,
    y: viewport.insets.top + clear.height / 2 - point.y * k,
  };
}

/** The view that shows a whole box in the uncovered map, as large as `MAX_FIT_ZOOM` allows. */
export function fitView(box: Box, viewport: Viewport): View {
  const clear = clearSize(viewport);
  const k = Math.min(
    clear.width / Math.max(1, box.right - box.left),
    clear.height / Math.max(1, box.bottom - box.top),
  );
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  return centreOn(middle, Math.max(MIN_ZOOM, Math.min(MAX_FIT_ZOOM, k)), viewport);
}

/** True when a whole box lies inside the uncovered map. */
export function isInSight(box: Box, view: View, viewport: Viewport): boolean {
  const { insets } = viewport;
  const from = toPixel(view, { x: box.left, y: box.top });
  const to = toPixel(view, { x: box.right, y: box.bottom });
  return (
    from.x >= insets.left &&
    from.y >= insets.top &&
    to.x <= viewport.width - insets.right &&
    to.y <= viewport.height - insets.bottom
  );
}

/** A view on the way from one to another, `share` 0 to 1. */
export function viewBetween(from: View, to: View, share: number): View {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), k: mix(from.k, to.k) };
}
