import type { Operation } from '@project-devops/simulation/protocol';
import {
  MARK_BOX,
  MARK_SHAPES,
  MARK_STROKE,
  type MarkKind,
} from '../../../components/operation-shapes.ts';

/** The operations in the order of their sprites. */
export const SPRITE_OPERATIONS = (Object.keys(MARK_SHAPES) as MarkKind[]).filter(
  (kind): kind is Operation => kind !== 'failed',
);
/** Steps in which a puff of smoke grows and fades. */
export const PUFF_AGES = 6;
const FIRST_PUFF = SPRITE_OPERATIONS.length * 2;
export const SPRITE_COUNT = FIRST_PUFF + PUFF_AGES;

/** The place in the sheet of an operation's mark, by its place in `SPRITE_OPERATIONS`. */
export function spriteOf(operation: number, failed: boolean): number {
  return operation * 2 + (failed ? 1 : 0);
}

/** The place in the sheet of a puff of smoke of an age, 0 (new) to 1 (gone). */
export function puffSprite(age: number): number {
  return FIRST_PUFF + Math.max(0, Math.min(PUFF_AGES - 1, Math.floor(age * PUFF_AGES)));
}

/** Side of a mark on the map in pixels at zoom 1. */
export const MARK_SIZE = 9;
/** A sprite's cell leaves room for the cross and for smoke, which are larger than a mark. */
export const CELL_SIZE = 18;
const CROSS_SIZE = 12;

function drawMark(
  context: CanvasRenderingContext2D,
  kind: MarkKind,
  colour: string,
  size: number,
): void {
  const { path, paint } = MARK_SHAPES[kind];
  context.save();
  context.translate(-size / 2, -size / 2);
  context.scale(size / MARK_BOX, size / MARK_BOX);
  if (paint === 'fill') {
    context.fillStyle = colour;
    context.fill(new Path2D(path));
  } else {
    context.strokeStyle = colour;
    context.lineCap = 'round';
    context.stroke(new Path2D(path));
  }
  context.restore();
}

function drawPuff(context: CanvasRenderingContext2D, age: number, colour: string): void {
  const grown = (age + 0.5) / PUFF_AGES;
  const radius = 3 + grown * 5.5;
  const fade = context.createRadialGradient(0, 0, 0, 0, 0, radius);
  fade.addColorStop(0, colour);
  fade.addColorStop(1, 'transparent');
  context.globalAlpha = 0.45 * (1 - grown) + 0.03;
  context.fillStyle = fade;
  context.fillRect(-radius, -radius, radius * 2, radius * 2);
  context.globalAlpha = 1;
}

/**
 * Draws all sprites side by side: per operation its mark, then its mark crossed out; then the puffs
 * of smoke. `scale`: device pixels per pixel; `shiftX`, `shiftY`: how far marks are moved inside
 * their cells, in device pixels; `colourOf` reads a colour token such as `--read`.
 */
export function drawSpriteSheet(
  scale: number,
  shiftX: number,
  shiftY: number,
  colourOf: (token: string) => string,
): HTMLCanvasElement {
  const sheet = document.createElement('canvas');
  const cell = Math.ceil(CELL_SIZE * scale);
  sheet.width = cell * SPRITE_COUNT;
  sheet.height = cell;
  const context = sheet.getContext('2d', { willReadFrequently: true });
  if (!context) return sheet;
  const enter = (sprite: number): void =>
    context.setTransform(scale, 0, 0, scale, cell * (sprite + 0.5) + shiftX, cell / 2 + shiftY);
  SPRITE_OPERATIONS.forEach((operation, index) => {
    enter(spriteOf(index, false));
    drawMark(context, operation, colourOf(MARK_SHAPES[operation].token), MARK_SIZE);
    enter(spriteOf(index, true));
    drawMark(context, operation, colourOf(MARK_SHAPES[operation].token), MARK_SIZE);
    context.lineWidth = MARK_STROKE + 3;
    drawMark(context, 'failed', colourOf('--board'), CROSS_SIZE);
    context.lineWidth = MARK_STROKE;
    drawMark(context, 'failed', colourOf(MARK_SHAPES.failed.token), CROSS_SIZE);
  });
  for (let age = 0; age < PUFF_AGES; age++) {
    enter(puffSprite(age / PUFF_AGES));
    drawPuff(context, age, colourOf('--ink-3'));
  }
  return sheet;
}
