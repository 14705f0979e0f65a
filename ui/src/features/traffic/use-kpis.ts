import type { Snapshot } from '@project-devops/simulation/protocol';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useChartCursor } from '../../composables/use-chart-cursor.ts';
import { useFormat } from '../../composables/use-format.ts';
import { useRun } from '../../session/use-run.ts';
import { rowAt } from './chart-data.ts';
import { KPI_OF_ROW, KPIS, type Kpi, presentKpi, toShares } from './kpis.ts';
import { useKpiComparison } from './use-kpi-comparison.ts';

/** Seconds that a tile's line shows. */
export const SPARK_SECONDS = 60;

type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'measured' | 'unmeasured';

const TONES = {
  throughput: 'good',
  p95: 'warn',
  errors: 'bad',
  cost: 'plain',
} as const satisfies Record<Kpi, Tone>;
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
  const { isCompared, measuredRow, badge } = useKpiComparison();

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

  /** Predicted; measured in real mode, but for the cost, which containers have none of. */
  function figureOf(kpi: Kpi, snapshot: Snapshot): number | null {
    if (isCompared.value && kpi !== 'cost') {
      const row = measuredRow(pointed.value);
      return row && KPI_OF_ROW[kpi](row);
    }
    return pointed.value === null ? presentKpi(kpi, snapshot) : KPI_OF_ROW[kpi](pointed.value);
  }

  /** The last minute of a tile's line, as many rows as there are predicted ones. */
  function lineOf(kpi: Kpi): (number | null)[] {
    if (!isCompared.value || kpi === 'cost') return recent.value.map(KPI_OF_ROW[kpi]);
    return recent.value.map((row) => {
      const measured = measuredRow(row);
      return measured && KPI_OF_ROW[kpi](measured);
    });
  }

  function toneOf(kpi: Kpi): Tone {
    if (!isCompared.value) return TONES[kpi];
    return kpi === 'cost' ? 'unmeasured' : 'measured';
  }

  function tile(kpi: Kpi, snapshot: Snapshot) {
    const value = figureOf(kpi, snapshot);
    const [figure, unit] = value === null ? ['–', ''] : FIGURES[kpi](value);
    return {
      kpi,
      label: t(`traffic.kpis.${kpi}`),
      figure,
      unit,
      tone: toneOf(kpi),
      shares: toShares(lineOf(kpi), LEAST[kpi]),
      badge: badge(kpi),
    };
  }

  const tiles = computed(() => {
    const { snapshot } = run;
    return snapshot === null ? [] : KPIS.map((kpi) => tile(kpi, snapshot));
  });
  return { tiles, pointer, pointed };
}
