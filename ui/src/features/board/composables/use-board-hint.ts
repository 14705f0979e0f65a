import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Board } from './use-board.ts';
import { useRefusalWords } from './use-refusal-words.ts';

export interface Hint {
  readonly text: string;
  readonly keys: string;
  readonly isRefusal: boolean;
}

/** What the tool in hand waits for, or why it would not work here; null with no tool in hand. */
export function useBoardHint({ placing, connecting }: Board): ComputedRef<Hint | null> {
  const { t } = useI18n({ useScope: 'global' });
  const refusalWords = useRefusalWords();

  return computed(() => {
    const kind = placing.inHand.value?.kind;
    if (kind) {
      const name = t(`common.kinds.${kind}`);
      return {
        text: t('board.place.hint', { name }),
        keys: t('board.place.keys'),
        isRefusal: false,
      };
    }
    const from = connecting.from.value;
    if (from === null) return null;
    const refusal = connecting.refusal.value;
    return {
      text: refusal ? refusalWords(refusal) : t('board.connect.hint', { from }),
      keys: '',
      isRefusal: refusal !== null,
    };
  });
}
