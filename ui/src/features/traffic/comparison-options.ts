import type uPlot from 'uplot';
import uPlotModule from 'uplot';
import { type ChartView, chartOptions, translucent } from './chart-options.ts';

/** Windows in seconds of play that are not compared. */
export type InvalidWindows = () => readonly number[];

const LEAST_RESIDUAL = 2;

/** Greys the windows in which k6 was the limit. */
function shadeInvalid(chart: uPlot, ends: readonly number[], colour: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = colour;
  for (const end of ends) {
    const left = chart.valToPos(end - 1, 'x', true);
    ctx.fillRect(left, bbox.top, chart.valToPos(end, 'x', true) - left, bbox.height);
  }
  ctx.restore();
}

const shadeHook = (view: ChartView, invalid: InvalidWindows) => (chart: uPlot) =>
  shadeInvalid(chart, invalid(), translucent(view.colours.bad, 22));

/** The chart of measured (solid) and predicted (dashed, in its band). */
export function comparisonOptions(invalid: InvalidWindows) {
  return (view: ChartView, width: number, height: number): uPlot.Options => {
    const base = chartOptions(view, width, height);
    const hidden: uPlot.Series = { points: { show: false }, width: 0 };
    return {
      ...base,
      series: [
        {},
        { stroke: () => view.colours.strong, width: 1.8, points: { show: false } },
        { stroke: () => view.colours.read, width: 1.6, dash: [6, 4], points: { show: false } },
        hidden,
        hidden,
        { stroke: () => view.colours.faint, width: 1.5, dash: [2, 4], points: { show: false } },
      ],
      bands: [{ series: [4, 3], fill: () => translucent(view.colours.read, 22) }],
      hooks: { ...base.hooks, drawClear: [shadeHook(view, invalid)] },
    };
  };
}

/** The strip of residuals under it: bars up where too much was predicted, down where too little. */
export function residualOptions(invalid: InvalidWindows) {
  return (view: ChartView, width: number, height: number): uPlot.Options => {
    const base = chartOptions(view, width, height);
    const bars = uPlotModule.paths.bars?.({ size: [0.8, 8, 1] });
    const reach = (low: number | null, high: number | null): number =>
      Math.max(LEAST_RESIDUAL, Math.abs(low ?? 0), Math.abs(high ?? 0));
    const [timeAxis, valueAxis] = base.axes ?? [];
    return {
      ...base,
      padding: [2, 8, 2, 0],
      scales: {
        ...base.scales,
        y: {
          range: (_, low, high) => {
            const most = reach(low, high);
            return [-most, most];
          },
        },
      },
      axes: [
        { ...timeAxis, show: false },
        {
          ...valueAxis,
          splits: [0],
          values: (chart) => [`±${Math.round(chart.scales.y?.max ?? 0)}`],
        },
      ],
      series: [
        {},
        {
          stroke: () => view.colours.strong,
          fill: () => translucent(view.colours.strong, 55),
          width: 0,
          points: { show: false },
          ...(bars ? { paths: bars } : {}),
        },
      ],
      bands: [],
      hooks: { ...base.hooks, draw: [], drawClear: [shadeHook(view, invalid)] },
    };
  };
}
