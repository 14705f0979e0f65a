import { END_TO_END, type ScorecardLine } from '@project-devops/simulation/protocol';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../../composables/use-format.ts';
import { errorText, figureText } from '../../real-mode/score-figures.ts';

/** Lines of the scorecard in words of the present language. */
export function useScoreWords() {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();

  const name = ({ node, metric }: ScorecardLine): string =>
    t('comparison.line', {
      node: node === END_TO_END ? t('comparison.all') : node,
      metric: t(`comparison.metrics.${metric}`),
    });

  const figure = ({ metric }: ScorecardLine, value: number | null): string | null =>
    value === null ? null : figureText(metric, value, format.value, t('comparison.perSecond'));

  const error = ({ metric }: ScorecardLine, value: number | null): string | null =>
    value === null ? null : errorText(metric, value, format.value, t('comparison.points'));

  /** Why there is no error; null when there is one. */
  function absence({ state }: ScorecardLine): string | null {
    switch (state.state) {
      case 'compared':
        return null;
      case 'no-data':
        return state.ageMs === null
          ? t('comparison.noDataYet')
          : t('comparison.noData', { age: format.value.duration(state.ageMs) });
      case 'not-modelled':
        return t('comparison.notModelled');
      case 'too-few':
        return t('comparison.tooFew', { count: format.value.number(state.samples) });
    }
  }

  return { name, figure, error, absence };
}
