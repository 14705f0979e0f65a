import type { ComparedMetric, Measurement } from '@project-devops/simulation/protocol';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../../composables/use-format.ts';
import { errorText, isOff } from '../../real-mode/score-figures.ts';
import { silenceMs } from '../../real-mode/silence.ts';
import { useReal } from '../../session/use-real.ts';
import { useRun } from '../../session/use-run.ts';
import { rowAt } from './chart-data.ts';
import type { Kpi } from './kpis.ts';

const METRICS: Readonly<Record<Exclude<Kpi, 'cost'>, ComparedMetric>> = {
  throughput: 'throughput',
  p95: 'p95-latency',
  errors: 'error-ratio',
};

/** What the tiles show in real mode: measured rows, and how far off the prediction is. */
export function useKpiComparison() {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();
  const run = useRun();
  const real = useReal();
  const isCompared = computed(() => real.running !== null);

  /** The measured row of the window that ends with `pointed`'s; the newest one when nothing is pointed at. */
  function measuredRow(pointed: Measurement | null): Measurement | null {
    if (pointed === null) return run.measured.at(-1) ?? null;
    const found = rowAt(run.measured, pointed.endMs / 1000);
    return found?.endMs === pointed.endMs ? found : null;
  }

  function badge(kpi: Kpi) {
    if (!isCompared.value) return null;
    if (kpi === 'cost') {
      return { text: t('traffic.badges.notModelled'), isOff: false, hint: t('traffic.costHint') };
    }
    const silence = real.running === null ? null : silenceMs(real.running);
    if (silence !== null) {
      const text = t('comparison.noData', { age: format.value.duration(silence) });
      return { text, isOff: true, hint: t('traffic.silenceHint') };
    }
    const error = real.lineOf(METRICS[kpi])?.error ?? null;
    const hint = t('comparison.errorHint');
    if (error === null) return { text: t('traffic.badges.noData'), isOff: false, hint };
    const text = errorText(METRICS[kpi], error, format.value, t('comparison.points'));
    return { text, isOff: isOff(error), hint };
  }

  return { isCompared, measuredRow, badge };
}
