import { computed, ref, shallowRef } from 'vue';
import { comboOf, type KeyCombo } from '../../composables/key-combo.ts';
import { useSettings } from '../../composables/use-settings.ts';
import { type ActiveShortcut, useShortcuts } from '../../composables/use-shortcuts.ts';

/** Keys that keep their meaning everywhere. */
const FIXED_KEYS = new Set<KeyCombo>(['Tab', 'Shift+Tab', 'Escape', 'Enter']);

export type KeyRefusal =
  | { readonly reason: 'taken'; readonly key: KeyCombo; readonly by: ActiveShortcut }
  | { readonly reason: 'fixed'; readonly key: KeyCombo };

/** Lets the player choose another key for a shortcut; keys that are taken are refused. */
export function useKeyEditing() {
  const settings = useSettings();
  const shortcuts = useShortcuts();
  const editing = ref<string | null>(null);
  const refusal = shallowRef<KeyRefusal | null>(null);

  const forget = (id: string): void => {
    const { [id]: _, ...others } = settings.keys;
    settings.keys = others;
  };

  function edit(id: string | null): void {
    editing.value = id;
    refusal.value = null;
  }

  function assign(id: string, key: KeyCombo): void {
    const by = shortcuts.conflict(id, key);
    if (by) {
      refusal.value = { reason: 'taken', key, by };
      return;
    }
    const standard = shortcuts.active.find((item) => item.id === id)?.defaultKey;
    if (key === standard) forget(id);
    else settings.keys = { ...settings.keys, [id]: key };
    edit(null);
  }

  /** Takes the next key press for the shortcut that is being edited; Escape gives up, Tab goes on. */
  function press(event: KeyboardEvent): void {
    const id = editing.value;
    if (id === null || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const key = comboOf(event);
    if (key === null) return;
    if (key === 'Escape') edit(null);
    else if (FIXED_KEYS.has(key)) refusal.value = { reason: 'fixed', key };
    else assign(id, key);
  }

  return {
    shortcuts: computed(() => shortcuts.active),
    editing,
    refusal,
    edit,
    press,
    isChanged: (id: string): boolean => settings.keys[id] !== undefined,
    /** Back to the key it came with, unless another shortcut has that now. */
    reset(id: string): void {
      const standard = shortcuts.active.find((item) => item.id === id)?.defaultKey;
      if (standard !== undefined) assign(id, standard);
    },
    resetAll(): void {
      settings.keys = {};
      edit(null);
    },
  };
}
