import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../composables/use-format.ts';
import { useRun } from '../session/use-run.ts';
import { type Reason, type Situation, situationOf } from './purchase.ts';

/** The present situation of the run; null while none is open. */
export function useSituation(): ComputedRef<Situation | null> {
  const run = useRun();
  return computed(() =>
    run.snapshot && run.info
      ? situationOf(run.snapshot, run.info.scenario, run.info.readOnly)
      : null,
  );
}

/** Says in the present language why something cannot be done; null when there is no reason. */
export function useReasonText(): (reason: Reason | null) => string | null {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();
  return (reason) => {
    if (reason === null) return null;
    return t(
      reason.key,
      reason.money === undefined ? {} : { money: format.value.money(reason.money) },
    );
  };
}
