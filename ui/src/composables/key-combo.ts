/** A key with its modifiers as one text: `Space`, `c`, `?`, `Mod+z`, `Shift+Mod+z`. `Mod` is Ctrl or Command. */
export type KeyCombo = string;

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const MODIFIER_KEYS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Fn']);

/** The combination of a key press; null while only modifiers are held. Shift counts for keys that type nothing and beside Mod. */
export function comboOf(event: KeyPress): KeyCombo | null {
  if (MODIFIER_KEYS.has(event.key) || event.key === 'Dead' || event.key === 'Process') return null;
  const mod = event.ctrlKey || event.metaKey;
  const types = event.key.length === 1 && event.key !== ' ';
  const key = event.key === ' ' ? 'Space' : types ? event.key.toLowerCase() : event.key;
  const parts: string[] = [];
  if (event.shiftKey && (mod || event.altKey || !types)) parts.push('Shift');
  if (event.altKey) parts.push('Alt');
  if (mod) parts.push('Mod');
  return [...parts, key].join('+');
}

/** True for combinations that type a character; speech input and slips of the hand can set these off. */
export function isCharacterKey(combo: KeyCombo): boolean {
  return [...combo].length === 1;
}

/** How a combination is shown on this system. */
export function comboLabel(combo: KeyCombo, mac: boolean): string {
  const names: Record<string, string> = {
    Mod: mac ? '⌘' : 'Ctrl',
    Shift: mac ? '⇧' : 'Shift',
    Alt: mac ? '⌥' : 'Alt',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
  };
  return combo
    .split(/\+(?=.)/)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(mac ? '' : '+');
}
