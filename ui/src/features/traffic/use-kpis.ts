import type { Snapshot } from '@project-devops/simulation/protocol';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useChartCursor } from '../../composables/use-chart-cursor.ts';
import { useFormat } from '../../composables/use-format.ts';
import { useRun } from '../../session/use-run.ts';
import { rowAt } from './chart-data.ts';
import { KPI_OF_ROW, KPIS, type Kpi, presentKpi, toShares } from './kpis.ts';

/** Seconds that a tile's line shows. */
export const SPARK_SECONDS = 60;

const TONES = { throughput: 'good', p95: 'warn', errors: 'bad', cost: 'plain' } as const;
/** Values below these do not fill a line's height, so that noise stays small. */
const LEAST = { throughput: 10, p95: 50, errors: 0.05, cost: 1 } as const satisfies Record<
  Kpi,
  number
>;

/** The tiles beside the chart: present figures, or those at the charts' cursor. */
export function useKpis() {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();
  const run = useRun();
  const cursor = useChartCursor();

  const recent = computed(() => run.history.slice(-SPARK_SECONDS));
  const pointed = computed(() =>
    cursor.atSeconds === null ? null : rowAt(run.history, cursor.atSeconds),
  );
  const pointer = computed(() => {
    const index = pointed.value === null ? -1 : recent.value.indexOf(pointed.value);
    const fromRight = recent.value.length - 1 - index;
    return index === -1 ? null : 1 - fromRight / (SPARK_SECONDS - 1);
  });

  const FIGURES: Record<Kpi, (value: number) => readonly [string, string]> = {
    throughput: (value) => [
      format.value.number(value, value < 10 ? 1 : 0),
      t('common.units.perSecond'),
    ],
    p95: (value) =>
      value < 1_000
        ? [format.value.number(value), t('common.units.ms')]
        : [format.value.number(value / 1_000, 2), t('common.units.s')],
    errors: (value) => [format.value.number(value * 100, 1), '%'],
    cost: (value) => [format.value.number(value, 1), `$${t('common.units.perHour')}`],
  };

  function tile(kpi: Kpi, snapshot: Snapshot) {
    const value =
      pointed.value === null ? presentKpi(kpi, snapshot) : KPI_OF_ROW[kpi](pointed.value);
    const [figure, unit] = value === null ? ['–', ''] : FIGURES[kpi](value);
    return {
      kpi,
      label: t(`traffic.kpis.${kpi}`),
      figure,
      unit,
      tone: TONES[kpi],
      shares: toShares(recent.value.map(KPI_OF_ROW[kpi]), LEAST[kpi]),
    };
  }

  const tiles = computed(() => {
    const { snapshot } = run;
    return snapshot === null ? [] : KPIS.map((kpi) => tile(kpi, snapshot));
  });
  return { tiles, pointer, pointed };
}
