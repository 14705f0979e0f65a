import { defineStore } from 'pinia';
import { type ComputedRef, computed, onScopeDispose, shallowRef } from 'vue';
import { comboLabel, comboOf, isCharacterKey, type KeyCombo } from './key-combo.ts';
import { useSettings } from './use-settings.ts';

export interface Shortcut {
  /** Stable name, kept in the player's settings. */
  readonly id: string;
  readonly defaultKey: KeyCombo;
  /** Message key of what it does, for the settings and the hints. */
  readonly labelKey: string;
  run(): void;
}

/** A shortcut with the key that is in force; null when its key is switched off. */
export interface ActiveShortcut extends Shortcut {
  readonly key: KeyCombo;
  readonly enabled: boolean;
}

const TYPING = 'input, textarea, select, [contenteditable], [role="slider"], [role="textbox"]';
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="tab"], [role="radio"]';

/** True when the key belongs to what has the focus: a field, an open layer, a button pressed by it. */
function isTaken(target: EventTarget | null, combo: KeyCombo): boolean {
  if (document.querySelector('dialog:modal') !== null) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) || target.closest(LAYERS)) return true;
  return (combo === 'Space' || combo === 'Enter') && target.closest(PRESSABLE) !== null;
}

/** All registered shortcuts, with the player's keys. */
export const useShortcuts = defineStore('shortcuts', () => {
  const settings = useSettings();
  const registered = shallowRef<readonly Shortcut[]>([]);
  const active = computed<readonly ActiveShortcut[]>(() =>
    registered.value.map((shortcut) => {
      const key = settings.keys[shortcut.id] ?? shortcut.defaultKey;
      return { ...shortcut, key, enabled: settings.characterKeys || !isCharacterKey(key) };
    }),
  );

  function add(shortcut: Shortcut): () => void {
    registered.value = [...registered.value, shortcut];
    return () => {
      registered.value = registered.value.filter((item) => item !== shortcut);
    };
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const combo = comboOf(event);
    if (combo === null || isTaken(event.target, combo)) return;
    const shortcut = active.value.findLast((item) => item.enabled && item.key === combo);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  }

  /** Another shortcut that already has the key, if any. */
  const conflict = (id: string, key: KeyCombo): ActiveShortcut | undefined =>
    active.value.find((item) => item.id !== id && item.key === key);

  window.addEventListener('keydown', onKeydown);
  return { active, add, conflict };
});

/**
 * Registers a shortcut while the present scope lives. Fields, dialogs and menus keep their keys.
 * Answers the label of the key in force for hints on screen; empty when it is switched off.
 */
export function registerShortcut(shortcut: Shortcut): ComputedRef<string> {
  const shortcuts = useShortcuts();
  onScopeDispose(shortcuts.add(shortcut));
  return computed(() => {
    const found = shortcuts.active.find((item) => item.id === shortcut.id);
    return found?.enabled ? comboLabel(found.key, isMac()) : '';
  });
}

/** Whether keys are called as on Apple's keyboards. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
