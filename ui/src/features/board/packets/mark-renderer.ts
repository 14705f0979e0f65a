import type { View } from '../geometry/fit.ts';

/**
 * Draws all sprites side by side in `SPRITE_COUNT` square cells. `scale`: device pixels per pixel;
 * `shift`: how far the marks are moved right and down inside their cells, in device pixels.
 */
export type DrawSheet = (scale: number, shiftX: number, shiftY: number) => HTMLCanvasElement;

/** Draws marks on a canvas of its own. All sizes are in CSS pixels; `scale` is device pixels per pixel. */
export interface MarkRenderer {
  resize(width: number, height: number, scale: number): void;
  setSprites(drawSheet: DrawSheet): void;
  /** Draws `count` marks (x, y, sprite in board units) and nothing else. */
  draw(vertices: Float32Array, count: number, view: View): void;
  dispose(): void;
}

/** Marks grow with the map, but stay readable when it is far away. */
export function markScale(zoom: number): number {
  return Math.max(0.55, Math.min(1.4, zoom));
}
