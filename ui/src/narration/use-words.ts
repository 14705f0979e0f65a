import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../composables/use-format.ts';
import { useText } from '../composables/use-text.ts';
import type { Words } from './event-sentence.ts';

/** The words of the present language for `eventSentence`. */
export function useWords(): ComputedRef<Words> {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();
  const text = useText();
  return computed(() => ({ t: (key, params = {}) => t(key, params), text, format: format.value }));
}
