export const THEMES = ['system', 'dark', 'light'] as const;
export const LANGUAGES = ['en', 'ko'] as const;
export const MOTIONS = ['system', 'on', 'off'] as const;
export type Theme = (typeof THEMES)[number];
export type Language = (typeof LANGUAGES)[number];
export type Motion = (typeof MOTIONS)[number];

export interface Settings {
  readonly theme: Theme;
  readonly language: Language;
  readonly motion: Motion;
  readonly characterKeys: boolean;
  readonly keys: Readonly<Record<string, string>>;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'project-devops/settings';
const MOST_KEYS = 100;
const LONGEST_KEY = 40;

const oneOf = <T extends string>(known: readonly T[], value: unknown, fallback: T): T =>
  known.find((item) => item === value) ?? fallback;

function readKeys(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= LONGEST_KEY,
  );
  return Object.fromEntries(entries.slice(0, MOST_KEYS));
}

function readStored(storage: Store): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The stored settings; what is missing or malformed takes its default, the language the browser's. */
export function readSettings(storage: Store, browserLanguages: readonly string[]): Settings {
  const stored = readStored(storage);
  const first = browserLanguages
    .map((tag) => tag.slice(0, 2))
    .find((tag) => LANGUAGES.some((known) => known === tag));
  return {
    theme: oneOf(THEMES, stored.theme, 'system'),
    language: oneOf(LANGUAGES, stored.language, oneOf(LANGUAGES, first, 'en')),
    motion: oneOf(MOTIONS, stored.motion, 'system'),
    characterKeys: stored.characterKeys !== false,
    keys: readKeys(stored.keys),
  };
}

/** Keeps the settings; without room or permission they last until the page is closed. */
export function writeSettings(storage: Store, settings: Settings): void {
  try {
    storage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing is lost but the memory of it: the settings stay in force on this page.
  }
}
