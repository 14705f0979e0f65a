import type { Run, Scenario } from '@project-devops/simulation/protocol';
import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { lastAutosave } from '../../../session/autosave.ts';
import type { SessionStart } from '../../../session/session.ts';
import { useRun } from '../../../session/use-run.ts';
import { readBestResults } from './best-results.ts';

/** What the home screen offers, and starting it. */
export function useHome() {
  const { t } = useI18n({ useScope: 'global' });
  const run = useRun();
  const isStarting = ref(false);
  const problem = ref<string | null>(null);
  const last = shallowRef<Run | null>(lastAutosave());
  const best = readBestResults(localStorage);

  async function open(start: SessionStart): Promise<void> {
    isStarting.value = true;
    problem.value = null;
    try {
      await run.start(start);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problem.value = t('stage.startFailed', { message });
    } finally {
      isStarting.value = false;
    }
  }

  return {
    scenarios: computed<readonly Scenario[]>(() => run.library?.scenarios ?? []),
    isLoading: computed(() => run.library === null),
    /** Why nothing can be started now; null when it can. */
    busy: computed(() => (isStarting.value ? t('stage.setup.starting') : null)),
    problem,
    last,
    bestOf: (scenario: Scenario) => best[scenario.id] ?? null,
    play: (scenario: Scenario, seed: number) => open({ scenario, seed }),
    async resume(): Promise<void> {
      if (last.value) await open({ run: last.value, mode: 'continue' });
    },
  };
}
