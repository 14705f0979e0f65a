import { nextTick } from 'vue';
import { createI18n } from 'vue-i18n';
import type { Language } from '../composables/settings-storage.ts';
import en from './en.ts';

export type Messages = typeof en;

/** The application's words. English is there from the start, Korean comes as a chunk of its own. */
export const i18n = createI18n({
  legacy: false,
  locale: 'en' as Language,
  fallbackLocale: 'en',
  messages: { en } as Record<string, Messages>,
});

/** Switches the language at once, without a reload. */
export async function setLanguage(language: Language): Promise<void> {
  const { global } = i18n;
  if (language === 'ko' && !global.availableLocales.includes('ko')) {
    const messages = await import('./ko.ts');
    global.setLocaleMessage('ko', messages.default);
  }
  global.locale.value = language;
  await nextTick();
}
