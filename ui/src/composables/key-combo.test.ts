import { expect, it } from 'vitest';
import { comboLabel, comboOf, isCharacterKey } from './key-combo.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

it('names keys by what they type', () => {
  expect(press('C', { shiftKey: true })).toBe('c');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press(' ')).toBe('Space');
  expect(press('ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft');
});

it('takes Ctrl and Command for the same', () => {
  expect(press('z', { ctrlKey: true })).toBe('Mod+z');
  expect(press('Z', { metaKey: true, shiftKey: true })).toBe('Shift+Mod+z');
});

it('waits while only a modifier is held', () => {
  expect(press('Shift', { shiftKey: true })).toBeNull();
});

it('knows the keys that type a character', () => {
  expect(['c', '1', '?', '.'].every(isCharacterKey)).toBe(true);
  expect(['Space', 'Mod+z', 'Escape'].some(isCharacterKey)).toBe(false);
});

it('labels keys as the system does', () => {
  expect(comboLabel('Shift+Mod+z', false)).toBe('Shift+Ctrl+Z');
  expect(comboLabel('Shift+Mod+z', true)).toBe('⇧⌘Z');
  expect(comboLabel('+', false)).toBe('+');
});
