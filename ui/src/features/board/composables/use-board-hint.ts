import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusalWords } from '../../../building/use-refusal-words.ts';
import { useFormat } from '../../../composables/use-format.ts';
import type { Board } from './use-board.ts';

export interface Hint {
  readonly text: string;
  readonly keys: string;
  readonly isRefusal: boolean;
}

/** Why the node in hand cannot be set down where it is, in words; null when it can. */
export function usePlacementWords({ placing }: Board): ComputedRef<string | null> {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();

  return computed(() => {
    const reason = placing.reason.value;
    if (reason === null) return null;
    const money = reason.money === undefined ? '' : format.value.money(reason.money);
    return t(reason.key, { node: reason.node ?? '', money });
  });
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
