import type { DrawSheet } from './mark-renderer.ts';
import { SPRITE_COUNT } from './sprites.ts';

/** Positions inside a pixel that have sprites of their own, in each direction. */
export const SHIFTS = 2;

/** The pixels of a sprite that are not empty: their places in the picture and their colours. */
export interface PixelSprite {
  readonly offsets: Int32Array;
  readonly colours: Uint32Array;
  /** The first so many pixels cover what is under them; the others only what is softer still. */
  readonly solid: number;
}

/** Coverage from which a pixel hides what is under it, of 255. */
const SOLID = 128;

function pixelSprite(
  sheet: Uint32Array,
  sheetWidth: number,
  cell: number,
  left: number,
  stride: number,
): PixelSprite {
  const found: { offset: number; colour: number }[] = [];
  for (let y = 0; y < cell; y++) {
    for (let x = 0; x < cell; x++) {
      const colour = sheet[y * sheetWidth + left + x] ?? 0;
      if (colour >>> 24 > 0) found.push({ offset: y * stride + x, colour });
    }
  }
  const isSolid = ({ colour }: { colour: number }): boolean => colour >>> 24 >= SOLID;
  const ordered = [...found.filter(isSolid), ...found.filter((one) => !isSolid(one))];
  return {
    offsets: Int32Array.from(ordered, ({ offset }) => offset),
    colours: Uint32Array.from(ordered, ({ colour }) => colour),
    solid: ordered.filter(isSolid).length,
  };
}

/**
 * The sprites for a picture that is `stride` pixels wide, each at `SHIFTS` times `SHIFTS` places
 * inside a pixel: index `(sprite * SHIFTS + shiftY) * SHIFTS + shiftX`.
 */
export function pixelSprites(
  drawSheet: DrawSheet,
  scale: number,
  stride: number,
): { readonly sprites: readonly PixelSprite[]; readonly cell: number } {
  const sprites: PixelSprite[] = [];
  let cell = 0;
  for (let shift = 0; shift < SHIFTS * SHIFTS; shift++) {
    const shiftX = (shift % SHIFTS) / SHIFTS;
    const shiftY = Math.floor(shift / SHIFTS) / SHIFTS;
    const canvas = drawSheet(scale, shiftX, shiftY);
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!data) continue;
    cell = height;
    const sheet = new Uint32Array(data.buffer);
    for (let sprite = 0; sprite < SPRITE_COUNT; sprite++) {
      sprites[sprite * SHIFTS * SHIFTS + shift] = pixelSprite(
        sheet,
        width,
        cell,
        sprite * cell,
        stride,
      );
    }
  }
  return { sprites, cell };
}
