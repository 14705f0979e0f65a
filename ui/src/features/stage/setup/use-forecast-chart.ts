import type { LoadPoint } from '@project-devops/simulation/protocol';
import { computed, type Ref } from 'vue';
import { type ChartArea, niceTicks, toX, toY } from '../chart-geometry.ts';
import type { ForecastSummary } from './forecast-summary.ts';

export const CHART_HEIGHT = 112;
const PADDING = { left: 30, right: 8, top: 20, bottom: 16 };
const TIME_STEPS = 4;
const RATE_STEPS = 3;

/** What the forecast's drawing shows. */
export interface ForecastDrawing {
  readonly forecast: readonly LoadPoint[];
  readonly summary: ForecastSummary;
  readonly durationSeconds: number;
}

/** The forecast's drawing in a given width: its area, curve, axes and peak. */
export function useForecastChart(drawing: () => ForecastDrawing, width: Readonly<Ref<number>>) {
  const rates = computed(() => niceTicks(drawing().summary.peakPerSecond, RATE_STEPS));
  const area = computed<ChartArea>(() => ({
    left: PADDING.left,
    top: PADDING.top,
    width: Math.max(1, width.value - PADDING.left - PADDING.right),
    height: CHART_HEIGHT - PADDING.top - PADDING.bottom,
    maxX: drawing().durationSeconds,
    maxY: rates.value.at(-1) ?? 1,
  }));
  const times = computed(() => {
    const { durationSeconds } = drawing();
    return Array.from({ length: TIME_STEPS + 1 }, (_, i) => ({
      seconds: (durationSeconds * i) / TIME_STEPS,
      anchor: i === 0 ? 'start' : i === TIME_STEPS ? 'end' : 'middle',
    }));
  });
  return {
    area,
    rates,
    times,
    points: computed(() =>
      drawing().forecast.map(({ atSeconds, ratePerSecond }) => ({
        x: atSeconds,
        y: ratePerSecond,
      })),
    ),
    peak: computed(() => ({
      x: toX(area.value, drawing().summary.peakAtSeconds),
      y: toY(area.value, drawing().summary.peakPerSecond),
    })),
  };
}
