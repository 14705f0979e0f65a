import { type ComputedRef, computed, watchEffect } from 'vue';
import { useMedia } from './use-media.ts';
import { useMotion } from './use-motion.ts';
import { useSettings } from './use-settings.ts';

/** The theme in force. */
export function useTheme(): ComputedRef<'dark' | 'light'> {
  const settings = useSettings();
  const light = useMedia('(prefers-color-scheme: light)');
  return computed(() => {
    if (settings.theme !== 'system') return settings.theme;
    return light.value ? 'light' : 'dark';
  });
}

/** Puts theme, language and motion on the document's root, where the styles read them. */
export function useDocumentSettings(): void {
  const settings = useSettings();
  const theme = useTheme();
  const { reduced } = useMotion();
  watchEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme.value;
    root.dataset.motion = reduced.value ? 'reduced' : 'full';
    root.lang = settings.language;
  });
}
