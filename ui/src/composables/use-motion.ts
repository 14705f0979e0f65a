import { type ComputedRef, computed } from 'vue';
import { useMedia } from './use-media.ts';
import { useSettings } from './use-settings.ts';

/** Whether movement must be left out: by the player's setting, else by the system's. */
export function useMotion(): { readonly reduced: ComputedRef<boolean> } {
  const settings = useSettings();
  const system = useMedia('(prefers-reduced-motion: reduce)');
  return {
    reduced: computed(() =>
      settings.motion === 'system' ? system.value : settings.motion === 'off',
    ),
  };
}
