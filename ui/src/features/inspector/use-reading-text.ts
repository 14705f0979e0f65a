import { useI18n } from 'vue-i18n';
import { useFormat } from '../../composables/use-format.ts';
import type { Reading } from './readings.ts';

/** Writes readings in the present language, with their units. */
export function useReadingText(): (reading: Reading) => string {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();

  function small(value: number): string {
    return format.value.number(value, value < 100 ? 1 : 0);
  }

  function percentiles(values: readonly (number | null)[]): string {
    const shown = values.map((value) => (value === null ? '–' : format.value.number(value)));
    return `${shown.join(' · ')} ms`;
  }

  return (reading) => {
    switch (reading.unit) {
      case 'per-second':
        return t('inspector.perSecond', { value: small(reading.value) });
      case 'ratio':
        return format.value.percent(reading.value);
      case 'count':
        return small(reading.value);
      case 'ms':
        return format.value.duration(reading.value);
      case 'of':
        return `${format.value.number(reading.used)} / ${format.value.number(reading.limit)}`;
      case 'percentiles':
        return percentiles(reading.values);
    }
  };
}
