import type { DrawSheet } from './mark-renderer.ts';
import { SPRITE_COUNT } from './sprites.ts';

/** Positions inside a pixel that have sprites of their own, in each direction. */
export const SHIFTS = 2;

/** The pixels of a sprite that are not empty, for a picture of a given width. */
export interface PixelSprite {
  /** Places relative to the sprite's upper left corner in the picture. */
  readonly offsets: Int32Array;
  /** Colours as bytes red, green, blue, alpha from the lowest; premultiplied from `solid` on. */
  readonly colours: Uint32Array;
  /** The first so many pixels cover what is under them; the others are mixed with it. */
  readonly solid: number;
}

/** Coverage from which a pixel hides what is under it, of 255. */
const SOLID = 200;

function premultiplied(colour: number): number {
  const alpha = colour >>> 24;
  const part = (shift: number): number =>
    Math.round((((colour >>> shift) & 255) * alpha) / 255) << shift;
  return (part(0) | part(8) | part(16) | (alpha << 24)) >>> 0;
}

interface Cell {
  readonly left: number;
  readonly size: number;
}

function pixelSprite(sheet: ImageData, { left, size }: Cell, stride: number): PixelSprite {
  const colours = new Uint32Array(sheet.data.buffer);
  const solid: [offset: number, colour: number][] = [];
  const soft: [offset: number, colour: number][] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const colour = colours[y * sheet.width + left + x] ?? 0;
      if (colour >>> 24 >= SOLID) solid.push([y * stride + x, (colour | 0xff000000) >>> 0]);
      else if (colour >>> 24 > 0) soft.push([y * stride + x, premultiplied(colour)]);
    }
  }
  const all = [...solid, ...soft];
  return {
    offsets: Int32Array.from(all, ([offset]) => offset),
    colours: Uint32Array.from(all, ([, colour]) => colour),
    solid: solid.length,
  };
}

/**
 * The sprites for a picture that is `stride` pixels wide, each at `SHIFTS` times `SHIFTS` places
 * inside a pixel: index `(sprite * SHIFTS + shiftY) * SHIFTS + shiftX`.
 */
export function pixelSprites(drawSheet: DrawSheet, scale: number, stride: number) {
  const sprites: PixelSprite[] = [];
  let size = 0;
  for (let shift = 0; shift < SHIFTS * SHIFTS; shift++) {
    const shiftX = (shift % SHIFTS) / SHIFTS;
    const shiftY = Math.floor(shift / SHIFTS) / SHIFTS;
    const canvas = drawSheet(scale, shiftX, shiftY);
    const sheet = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    if (!sheet) continue;
    size = canvas.height;
    for (let sprite = 0; sprite < SPRITE_COUNT; sprite++) {
      const cell = { left: sprite * size, size };
      sprites[sprite * SHIFTS * SHIFTS + shift] = pixelSprite(sheet, cell, stride);
    }
  }
  return { sprites, size };
}
