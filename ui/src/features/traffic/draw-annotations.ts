import type uPlot from 'uplot';
import type { Annotation } from './annotations.ts';
import type { ChartColours } from './chart-colours.ts';
import { placeLabels } from './label-layout.ts';

export const LANES = 2;
/** Height of a lane of labels in CSS pixels. */
export const LANE_PX = 13;

/** Draws labelled vertical lines into the room that the chart's scale leaves above its data. */
export function drawAnnotations(
  chart: uPlot,
  annotations: readonly Annotation[],
  colours: ChartColours,
): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.font = `${10.5 * ratio}px ${colours.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = ratio;
  const visible = annotations
    .map((item) => ({ ...item, x: Math.round(chart.valToPos(item.atSeconds, 'x', true)) }))
    .filter(({ x }) => x >= bbox.left && x <= right)
    .map((item) => ({ ...item, width: ctx.measureText(item.label).width }));
  const places = placeLabels(visible, LANES, bbox.left, right);
  visible.forEach(({ x, label, by }, i) => {
    const place = places[i];
    if (!place) return;
    const top = bbox.top + place.lane * LANE_PX * ratio;
    ctx.strokeStyle = ctx.fillStyle = by === 'player' ? colours.accent : colours.message;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (place.left !== null) ctx.fillText(label, place.left, top + (LANE_PX / 2) * ratio);
  });
  ctx.restore();
}
