import { type DrawSheet, type MarkRenderer, markScale } from './mark-renderer.ts';
import { VERTEX_SIZE } from './packet-field.ts';
import { type PixelSprite, pixelSprites, SHIFTS } from './pixel-sprites.ts';

/** Zoom steps for which sprites are made anew. */
const SCALE_STEP = 0.1;

/** Copies one sprite into a picture; solid pixels cover, soft ones only what is softer still. */
function stamp(pixels: Uint32Array, { offsets, colours, solid }: PixelSprite, at: number): void {
  for (let i = 0; i < solid; i++) pixels[at + (offsets[i] as number)] = colours[i] as number;
  for (let i = solid; i < offsets.length; i++) {
    const place = at + (offsets[i] as number);
    const colour = colours[i] as number;
    if (colour >>> 24 > (pixels[place] as number) >>> 24) pixels[place] = colour;
  }
}

/**
 * Marks set pixel by pixel, for machines without a fast WebGL2: there 5,000 marks take a tenth of
 * the time that `drawImage` or paths take. One pixel is one CSS pixel. Throws without any canvas.
 */
export function createPixelMarks(canvas: HTMLCanvasElement): MarkRenderer {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws on no canvas; the map cannot show packets.');
  let image = context.createImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  let drawSheet: DrawSheet | null = null;
  let made: { scale: number; sprites: readonly PixelSprite[]; cell: number } | null = null;
  let isEmpty = true;

  function spritesFor(zoom: number): typeof made {
    const scale = Math.round(markScale(zoom) / SCALE_STEP) * SCALE_STEP;
    if (drawSheet && made?.scale !== scale) {
      made = { scale, ...pixelSprites(drawSheet, scale, image.width) };
    }
    return made;
  }

  return {
    resize(width, height) {
      canvas.width = Math.max(1, Math.round(width));
      canvas.height = Math.max(1, Math.round(height));
      image = context.createImageData(canvas.width, canvas.height);
      pixels = new Uint32Array(image.data.buffer);
      made = null;
    },
    setSprites(next) {
      drawSheet = next;
      made = null;
    },
    draw(vertices, count, { x, y, k }) {
      const set = spritesFor(k);
      if (!set || (count === 0 && isEmpty)) return;
      const { sprites, cell } = set;
      const { width, height } = image;
      pixels.fill(0);
      for (let i = 0; i < count * VERTEX_SIZE; i += VERTEX_SIZE) {
        const left = (vertices[i] as number) * k + x - cell / 2;
        const top = (vertices[i + 1] as number) * k + y - cell / 2;
        if (left < 0 || top < 0 || left >= width - cell || top >= height - cell) continue;
        const column = left | 0;
        const row = top | 0;
        const shift = ((top - row) * SHIFTS) | 0;
        const variant = ((vertices[i + 2] as number) * SHIFTS + shift) * SHIFTS;
        const sprite = sprites[variant + (((left - column) * SHIFTS) | 0)];
        if (sprite) stamp(pixels, sprite, row * width + column);
      }
      context.putImageData(image, 0, 0);
      isEmpty = count === 0;
    },
    dispose() {
      drawSheet = null;
    },
  };
}
