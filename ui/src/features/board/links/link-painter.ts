import type { Position } from '@project-devops/simulation/protocol';
import { GRID, NODE_HEIGHT, NODE_WIDTH } from '../../../building/node-box.ts';
import type { View } from '../geometry/fit.ts';
import { PATH_STEPS, type Path, pointOnPath } from '../geometry/path.ts';
import type { LinkItem } from './link-scene.ts';
import { type LinkTone, linkWidth } from './link-style.ts';

/** A link with the tone it has now. */
export interface PaintedLink {
  readonly item: LinkItem;
  readonly tone: LinkTone;
}

/** What lies on the ground, under the cards. */
export interface LinkPicture {
  readonly links: readonly PaintedLink[];
  /** The unfinished link while connecting. */
  readonly draft: Path | null;
  /** Middles of the cards that glow because their nodes are beyond their limit. */
  readonly glows: readonly Position[];
}

/** Widths are drawn in steps of this, so that small changes need no new picture. */
const WIDTH_STEP = 0.5;

function widthOf({ item, tone }: PaintedLink): number {
  const extra = tone === 'selected' || tone === 'hovered' ? 1 : 0;
  return Math.round(linkWidth(item.callsPerSecond) / WIDTH_STEP) * WIDTH_STEP + extra;
}

/** True when two pictures look the same. */
export function looksSame(a: LinkPicture, b: LinkPicture): boolean {
  return (
    a.draft === b.draft &&
    a.glows.length === b.glows.length &&
    a.glows.every(({ x, y }, i) => x === b.glows[i]?.x && y === b.glows[i]?.y) &&
    a.links.length === b.links.length &&
    a.links.every((link, i) => {
      const other = b.links[i];
      return (
        other !== undefined &&
        link.item.path === other.item.path &&
        link.tone === other.tone &&
        widthOf(link) === widthOf(other)
      );
    })
  );
}

/** Reads a colour token such as `--line`. */
export type ColourOf = (token: string) => string;

const TONE_TOKENS = {
  plain: '--line',
  good: '--good',
  warn: '--warn',
  bad: '--bad',
  hovered: '--ink-2',
  selected: '--accent',
} as const satisfies Record<LinkTone, string>;

const DASH = [5, 5];
const ARROW = 7;

function trace(path: Path, onto: Path2D): void {
  onto.moveTo(path.points[0] ?? 0, path.points[1] ?? 0);
  for (let i = 1; i <= PATH_STEPS; i++) {
    onto.lineTo(path.points[i * 2] ?? 0, path.points[i * 2 + 1] ?? 0);
  }
}

function traceArrow(path: Path, width: number, onto: Path2D): void {
  const size = ARROW + width;
  const tip = pointOnPath(path, 1);
  const foot = pointOnPath(path, 1 - Math.min(0.5, size / Math.max(1, path.length)));
  const length = Math.max(0.001, Math.hypot(tip.x - foot.x, tip.y - foot.y));
  const offX = (-(tip.y - foot.y) / length) * size * 0.45;
  const offY = ((tip.x - foot.x) / length) * size * 0.45;
  onto.moveTo(tip.x, tip.y);
  onto.lineTo(foot.x + offX, foot.y + offY);
  onto.lineTo(foot.x - offX, foot.y - offY);
  onto.closePath();
}

interface Batch {
  readonly tone: LinkTone;
  readonly width: number;
  readonly isDashed: boolean;
  readonly lines: Path2D;
  readonly arrows: Path2D;
}

/** Links of one look become one path: a few strokes instead of hundreds. */
function batchesOf(links: readonly PaintedLink[]): Iterable<Batch> {
  const batches = new Map<string, Batch>();
  for (const link of links) {
    const { item, tone } = link;
    const width = widthOf(link);
    const look = `${tone} ${width} ${item.isReplication}`;
    const batch = batches.get(look) ?? {
      tone,
      width,
      isDashed: item.isReplication,
      lines: new Path2D(),
      arrows: new Path2D(),
    };
    batches.set(look, batch);
    trace(item.path, batch.lines);
    traceArrow(item.path, width, batch.arrows);
  }
  return batches.values();
}

function paintBatch(context: CanvasRenderingContext2D, batch: Batch, colour: string): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = batch.width;
  context.setLineDash(batch.isDashed ? DASH : []);
  context.stroke(batch.lines);
  context.fill(batch.arrows);
}

function paintDraft(context: CanvasRenderingContext2D, path: Path, colour: string): void {
  const line = new Path2D();
  trace(path, line);
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  context.setLineDash([8, 6]);
  context.stroke(line);
}

/** Dots of the ground are not drawn closer together than this, in pixels. */
const CLOSEST_DOTS = 16;

function paintDots(context: CanvasRenderingContext2D, { x, y, k }: View, scale: number): void {
  const { width, height } = context.canvas;
  let step = GRID * k * scale;
  while (step < CLOSEST_DOTS * scale) step *= 2;
  const size = Math.round(2 * scale);
  const first = (offset: number): number => (((offset * scale) % step) + step) % step;
  for (let top = first(y); top < height; top += step) {
    for (let left = first(x); left < width; left += step) {
      context.fillRect(Math.round(left), Math.round(top), size, size);
    }
  }
}

const GLOW_BLUR = 22;

/** Glows are painted here and not as shadows of the cards, which would each get a layer of its own. */
function paintGlows(
  context: CanvasRenderingContext2D,
  glows: readonly Position[],
  colour: string,
  zoom: number,
): void {
  context.shadowColor = colour;
  context.shadowBlur = GLOW_BLUR * zoom;
  context.globalAlpha = 0.6;
  context.fillStyle = colour;
  for (const { x, y } of glows) {
    context.fillRect(
      x - NODE_WIDTH / 2 + 4,
      y - NODE_HEIGHT / 2 + 4,
      NODE_WIDTH - 8,
      NODE_HEIGHT - 8,
    );
  }
  context.globalAlpha = 1;
  context.shadowBlur = 0;
  context.shadowColor = 'transparent';
}

/** Paints the ground and all links anew. `scale`: device pixels per pixel. */
export function paintGround(
  context: CanvasRenderingContext2D,
  picture: LinkPicture,
  view: View,
  scale: number,
  colourOf: ColourOf,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colourOf('--board');
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalAlpha = 0.5;
  context.fillStyle = colourOf('--line');
  paintDots(context, view, scale);
  context.globalAlpha = 1;
  context.setTransform(view.k * scale, 0, 0, view.k * scale, view.x * scale, view.y * scale);
  context.lineJoin = 'round';
  for (const batch of batchesOf(picture.links)) {
    paintBatch(context, batch, colourOf(TONE_TOKENS[batch.tone]));
  }
  if (picture.draft) paintDraft(context, picture.draft, colourOf('--accent'));
  paintGlows(context, picture.glows, colourOf('--bad'), view.k * scale);
}
