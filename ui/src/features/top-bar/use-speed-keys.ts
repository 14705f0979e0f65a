import { type ComputedRef, computed } from 'vue';
import { registerShortcut } from '../../composables/use-shortcuts.ts';
import { useRun } from '../../session/use-run.ts';
import { fasterThan, slowerThan } from './speeds.ts';

/** Keys for pause and speed; answers the keys' labels for the buttons' hints. */
export function useSpeedKeys(): ComputedRef<{ readonly pause: string; readonly change: string }> {
  const run = useRun();
  const pause = registerShortcut({
    id: 'pause',
    defaultKey: 'Space',
    labelKey: 'topBar.keys.pause',
    run: () => run.togglePause(),
  });
  const slower = registerShortcut({
    id: 'slower',
    defaultKey: ',',
    labelKey: 'topBar.keys.slower',
    run: () => run.setSpeed(slowerThan(run.speed)),
  });
  const faster = registerShortcut({
    id: 'faster',
    defaultKey: '.',
    labelKey: 'topBar.keys.faster',
    run: () => run.setSpeed(fasterThan(run.speed)),
  });
  return computed(() => ({
    pause: pause.value,
    change: [slower.value, faster.value].filter((key) => key !== '').join(' / '),
  }));
}
