import type { Measurement } from '@project-devops/simulation/protocol';
import { computed, type Ref } from 'vue';
import { type ChartArea, niceTicks, toX } from '../chart-geometry.ts';
import type { FailureEpisode } from './failure-episodes.ts';
import { timelineCurves } from './timeline-rows.ts';

const LEFT = 38;
const RIGHT = 8;
const RATE = { top: 16, height: 76 };
const RATIO = { top: 114, height: 50 };

/** Places of the timeline's drawing, in pixels from its upper left corner. */
export const TIMELINE = {
  left: LEFT,
  right: RIGHT,
  top: RATE.top,
  bottom: RATIO.top + RATIO.height,
  timeY: 182,
  height: 186,
} as const;

/** What the timeline shows. */
export interface TimelineDrawing {
  readonly rows: readonly Measurement[];
  readonly endMs: number;
  readonly maxErrorRatio: number;
  readonly episodes: readonly FailureEpisode[];
}

const highest = (points: readonly { readonly y: number }[]) =>
  points.reduce((max, { y }) => Math.max(max, y), 0);

/** The timeline's drawing in a given width: both plots with their axes, and the spells of failure. */
export function useTimeline(drawing: () => TimelineDrawing, width: Readonly<Ref<number>>) {
  const curves = computed(() => timelineCurves(drawing().rows));

  function area(plot: typeof RATE, ticks: readonly number[]): ChartArea {
    const across = { left: LEFT, width: Math.max(1, width.value - LEFT - RIGHT) };
    return { ...plot, ...across, maxX: drawing().endMs / 1000, maxY: ticks.at(-1) ?? 1 };
  }

  const rate = computed(() => {
    const points = curves.value.throughput;
    const ticks = niceTicks(highest(points), 3);
    return { points, ticks, area: area(RATE, ticks) };
  });
  const ratio = computed(() => {
    const points = curves.value.errors;
    const ticks = niceTicks(Math.max(highest(points), drawing().maxErrorRatio), 1);
    return { points, ticks, area: area(RATIO, ticks) };
  });
  const failures = computed(() =>
    drawing().episodes.map(({ startMs, endMs }) => {
      const x = toX(rate.value.area, startMs / 1000);
      return { x, width: Math.max(2, toX(rate.value.area, endMs / 1000) - x) };
    }),
  );
  return { rate, ratio, failures };
}
