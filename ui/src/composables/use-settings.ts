import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { readSettings, type Settings, writeSettings } from './settings-storage.ts';

/** What the player set, kept in this browser. */
export const useSettings = defineStore('settings', () => {
  const stored = readSettings(localStorage, navigator.languages);
  const theme = ref<Settings['theme']>(stored.theme);
  const language = ref<Settings['language']>(stored.language);
  const motion = ref<Settings['motion']>(stored.motion);
  /** False when keys that type a character must not act (WCAG 2.1.4). */
  const characterKeys = ref(stored.characterKeys);
  /** Keys the player chose, by shortcut id. */
  const keys = ref<Readonly<Record<string, string>>>(stored.keys);

  const all = computed<Settings>(() => ({
    theme: theme.value,
    language: language.value,
    motion: motion.value,
    characterKeys: characterKeys.value,
    keys: keys.value,
  }));
  watch(all, (settings) => writeSettings(localStorage, settings));

  return { theme, language, motion, characterKeys, keys };
});
