import { ref } from 'vue';
import { registerShortcut } from '../../../composables/use-shortcuts.ts';
import { useRun } from '../../../session/use-run.ts';

/** Lets the traffic in, by button or key; a refusal is told where all refusals are told. */
export function useStartOperation() {
  const run = useRun();
  const isStarting = ref(false);

  async function start(): Promise<void> {
    if (isStarting.value || run.snapshot?.phase !== 'setup') return;
    isStarting.value = true;
    try {
      const answer = await run.dispatch({ type: 'start-operation' });
      if (answer.ok) run.setSpeed(1);
    } finally {
      isStarting.value = false;
    }
  }

  const keyHint = registerShortcut({
    id: 'start-operation',
    defaultKey: 'Enter',
    labelKey: 'stage.setup.startShortcut',
    run: start,
  });
  return { start, isStarting, keyHint };
}
