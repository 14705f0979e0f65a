import type uPlot from 'uplot';
import { clock } from '../../composables/format.ts';
import type { Annotation } from './annotations.ts';
import { type ChartColours, createHatch } from './chart-colours.ts';
import { drawAnnotations, LANE_PX, LANES } from './draw-annotations.ts';

/** What the chart reads anew with every drawing. */
export interface ChartView {
  readonly time: [number, number];
  readonly annotations: readonly Annotation[];
  readonly colours: ChartColours;
  pointedAt(seconds: number | null): void;
}

const LEAST_TOP = 10;
export const translucent = (colour: string, percent: number): string =>
  `color-mix(in srgb, ${colour} ${percent}%, transparent)`;

/** The upper end of the scale: the data ends below the lanes of labels. */
function scaleTop(chart: uPlot, dataMax: number | null): number {
  const height = chart.bbox.height / devicePixelRatio || 80;
  const room = Math.max(0.3, (height - LANES * LANE_PX) / height);
  return Math.max(LEAST_TOP, dataMax ?? 0) / room;
}

const seriesOf = (view: ChartView): uPlot.Series[] => [
  {},
  {
    stroke: () => view.colours.good,
    fill: () => translucent(view.colours.good, 18),
    width: 1.6,
    points: { show: false },
  },
  { points: { show: false }, width: 0 },
  { stroke: () => view.colours.bad, width: 1.6, points: { show: false } },
  { stroke: () => view.colours.faint, width: 1.5, dash: [2, 4], points: { show: false } },
];

function axesOf(view: ChartView): uPlot.Axis[] {
  const common: uPlot.Axis = {
    stroke: () => view.colours.faint,
    font: `10px ${view.colours.mono}`,
    ticks: { show: false },
    gap: 4,
  };
  return [
    {
      ...common,
      size: 18,
      space: 60,
      grid: { show: false },
      values: (_, splits) => splits.map((seconds) => clock(seconds * 1000)),
    },
    { ...common, size: 36, space: 18, grid: { stroke: () => view.colours.line, width: 1 } },
  ];
}

/** Options of the traffic chart; `view` is read at every drawing, so only data and size are set later. */
export function chartOptions(view: ChartView, width: number, height: number): uPlot.Options {
  const hatch = createHatch();
  return {
    width,
    height,
    padding: [7, 8, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { show: false },
    },
    scales: {
      x: { time: false, range: () => view.time },
      y: { range: (chart, _, dataMax) => [0, scaleTop(chart, dataMax)] },
    },
    axes: axesOf(view),
    series: seriesOf(view),
    bands: [{ series: [3, 2], fill: (chart) => hatch(chart.ctx, view.colours.bad) }],
    hooks: {
      draw: [(chart) => drawAnnotations(chart, view.annotations, view.colours)],
      setCursor: [
        (chart) => {
          const left = chart.cursor.left ?? -1;
          view.pointedAt(left < 0 ? null : chart.posToVal(left, 'x'));
        },
      ],
    },
  };
}
