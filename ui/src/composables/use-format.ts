import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { createFormat, type Format } from './format.ts';

/** Numbers, money and times in the present language. */
export function useFormat(): ComputedRef<Format> {
  const { locale, t } = useI18n({ useScope: 'global' });
  return computed(() => createFormat(locale.value, t('common.units.hour')));
}
