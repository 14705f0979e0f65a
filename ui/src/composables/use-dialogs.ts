import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

export type DialogName = 'settings' | 'open-file' | 'share' | 'help' | 'real';

/** Which dialog of the application is open; App.vue shows it. */
export const useDialogs = defineStore('dialogs', () => {
  const open = shallowRef<DialogName | null>(null);
  return {
    open,
    show(name: DialogName): void {
      open.value = name;
    },
    close(): void {
      open.value = null;
    },
  };
});
