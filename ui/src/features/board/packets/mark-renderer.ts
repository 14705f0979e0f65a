import type { View } from '../geometry/fit.ts';

/**
 * Draws all sprites side by side in `SPRITE_COUNT` square cells. `scale`: device pixels per pixel;
 * `shiftX`, `shiftY`: how far the marks are moved inside their cells, in device pixels.
 */
export type DrawSheet = (scale: number, shiftX: number, shiftY: number) => HTMLCanvasElement;

/** Draws marks on a canvas over the ground (dots and links). Sizes are in CSS pixels. */
export interface MarkRenderer {
  /** Most device pixels per pixel that it is fast enough for. */
  readonly maxScale: number;
  /** True when its canvas shows the ground too, so that the ground's own canvas can be hidden. */
  readonly showsGround: boolean;
  /** `scale`: device pixels per pixel. */
  resize(width: number, height: number, scale: number): void;
  setSprites(drawSheet: DrawSheet): void;
  /** The ground was painted anew; it is as large as the marks' canvas. */
  setGround(ground: CanvasRenderingContext2D): void;
  /** Draws `count` marks (x, y, sprite in board units) and nothing else. */
  draw(vertices: Float32Array, count: number, view: View): void;
  dispose(): void;
}

/** Marks grow with the map, but stay readable when it is far away. */
export function markScale(zoom: number): number {
  return Math.max(0.55, Math.min(1.4, zoom));
}
