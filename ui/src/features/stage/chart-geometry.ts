/** A rectangle of a drawing and the values its width and height stand for, from 0 up. */
export interface ChartArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly maxX: number;
  readonly maxY: number;
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** Horizontal place of a value. */
export function toX(area: ChartArea, x: number): number {
  return area.left + (area.maxX === 0 ? 0 : (x / area.maxX) * area.width);
}

/** Vertical place of a value; larger values stand higher. */
export function toY(area: ChartArea, y: number): number {
  return area.top + area.height - (area.maxY === 0 ? 0 : (y / area.maxY) * area.height);
}

const round = (value: number) => Math.round(value * 10) / 10;

/** SVG path of a line through the points; empty without points. */
export function linePath(area: ChartArea, points: readonly ChartPoint[]): string {
  return points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(toX(area, x))} ${round(toY(area, y))}`)
    .join('');
}

/** SVG path of the surface between the points and the zero line; empty without points. */
export function areaPath(area: ChartArea, points: readonly ChartPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  const zero = round(toY(area, 0));
  return `${linePath(area, points)}L${round(toX(area, last.x))} ${zero}L${round(toX(area, first.x))} ${zero}Z`;
}

/**
 * Round values from 0 to the first one at or above `max`, about `count` steps apart by 1, 2, 2.5 or 5
 * times a power of ten. `[0, 1]` when there is nothing to show.
 */
export function niceTicks(max: number, count: number): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  let power = 1;
  while (power * 10 <= rough) power *= 10;
  while (power > rough) power /= 10;
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.ceil(max / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
