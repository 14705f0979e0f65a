import { computed, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useText } from '../../composables/use-text.ts';
import { useRun } from '../../session/use-run.ts';
import { type Annotation, annotationsOf } from './annotations.ts';
import {
  type Range,
  type SeriesName,
  type ShownSeries,
  toChartData,
  visibleTime,
} from './chart-data.ts';

/** What the traffic chart shows: rows, forecast and annotations, in a range of time, with series that can be hidden. */
export function useTraffic() {
  const { t } = useI18n({ useScope: 'global' });
  const text = useText();
  const run = useRun();
  const range = ref<Range>('all');
  const shown = ref<ShownSeries>({
    served: true,
    errors: true,
    forecast: true,
    measured: true,
    predicted: true,
    residual: true,
  });

  const lengthSeconds = computed(() => run.info?.scenario.durationSeconds ?? 0);
  const nowSeconds = computed(() => (run.snapshot?.timeMs ?? 0) / 1000);
  const data = computed(() =>
    toChartData(run.history, run.info?.forecast ?? [], lengthSeconds.value, shown.value),
  );
  /** Replaced only when it changes, so that the whole range is not drawn with every frame. */
  const time = shallowRef<[number, number]>([0, 1]);
  watch(
    () => visibleTime(range.value, nowSeconds.value, lengthSeconds.value),
    (next) => {
      if (next[0] !== time.value[0] || next[1] !== time.value[1]) time.value = next;
    },
    { immediate: true },
  );
  const annotations = computed<readonly Annotation[]>(() =>
    annotationsOf(run.events, { text, ended: (label) => t('traffic.ended', { label }) }),
  );

  function toggle(name: SeriesName): void {
    shown.value = { ...shown.value, [name]: !shown.value[name] };
  }

  return { range, shown, data, time, annotations, lengthSeconds, toggle };
}
