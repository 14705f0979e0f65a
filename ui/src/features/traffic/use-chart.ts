import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { onBeforeUnmount, onMounted, type Ref, watch } from 'vue';
import { useChartCursor } from '../../composables/use-chart-cursor.ts';
import { useTheme } from '../../composables/use-theme.ts';
import type { Annotation } from './annotations.ts';
import { type ChartColours, readChartColours } from './chart-colours.ts';
import { type ChartView, chartOptions } from './chart-options.ts';

interface Shown {
  readonly data: Ref<uPlot.AlignedData>;
  readonly time: Ref<[number, number]>;
  readonly annotations: Ref<readonly Annotation[]>;
}

/** Keeps a uPlot chart inside `box`: its data, its size, its theme, and the cursor shared with other charts. */
export function useChart(
  box: Ref<HTMLElement | null>,
  shown: Shown,
  optionsOf: (view: ChartView, width: number, height: number) => uPlot.Options = chartOptions,
): void {
  const cursor = useChartCursor();
  const theme = useTheme();
  let chart: uPlot | null = null;
  let colours: ChartColours;
  let isPointer = false;
  let observer: ResizeObserver | null = null;

  function create(element: HTMLElement): uPlot {
    colours = readChartColours(element);
    const view = {
      get time() {
        return shown.time.value;
      },
      get annotations() {
        return shown.annotations.value;
      },
      get colours() {
        return colours;
      },
      pointedAt(seconds: number | null) {
        if (isPointer) cursor.atSeconds = seconds;
      },
    };
    const options = optionsOf(view, element.clientWidth, element.clientHeight);
    return new uPlot(options, shown.data.value, element);
  }

  function resize(): void {
    if (!box.value || !chart || box.value.clientWidth === 0) return;
    chart.setSize({ width: box.value.clientWidth, height: box.value.clientHeight });
  }

  function pointAt(seconds: number | null): void {
    if (!chart || isPointer) return;
    const left = seconds === null ? -10 : chart.valToPos(seconds, 'x');
    chart.setCursor({ left, top: seconds === null ? -10 : 0 }, false);
  }

  onMounted(() => {
    if (!box.value) return;
    chart = create(box.value);
    chart.over.addEventListener('mouseenter', () => {
      isPointer = true;
    });
    chart.over.addEventListener('mouseleave', () => {
      isPointer = false;
      cursor.atSeconds = null;
    });
    observer = new ResizeObserver(resize);
    observer.observe(box.value);
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    chart?.destroy();
  });

  watch([shown.data, shown.time, shown.annotations], () => chart?.setData(shown.data.value));
  watch(() => cursor.atSeconds, pointAt);
  watch(
    theme,
    () => {
      if (!box.value || !chart) return;
      colours = readChartColours(box.value);
      chart.redraw(false);
    },
    { flush: 'post' },
  );
}
