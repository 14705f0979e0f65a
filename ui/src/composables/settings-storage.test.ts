import { expect, it } from 'vitest';
import { createSampleStorage } from '../session/sample-session.ts';
import { readSettings, writeSettings } from './settings-storage.ts';

const KEY = 'project-devops/settings';
const defaults = {
  theme: 'system',
  language: 'en',
  motion: 'system',
  characterKeys: true,
  keys: {},
} as const;

it('begins with the language of the browser', () => {
  expect(readSettings(createSampleStorage(), ['fr-FR', 'ko-KR', 'en']).language).toBe('ko');
  expect(readSettings(createSampleStorage(), ['fr']).language).toBe('en');
});

it('gives back what was kept', () => {
  const storage = createSampleStorage();
  const settings = { ...defaults, theme: 'light', keys: { pause: 'p' } } as const;
  writeSettings(storage, settings);
  expect(readSettings(storage, ['ko'])).toEqual(settings);
});

it.each(['nonsense', '[]', 'null', '{"theme":"blue","keys":[1],"language":7,"motion":null}'])(
  'falls back to the defaults for %s',
  (text) => {
    const storage = createSampleStorage();
    storage.setItem(KEY, text);
    expect(readSettings(storage, ['en'])).toEqual(defaults);
  },
);

it('does not fail when nothing can be kept', () => {
  expect(() => writeSettings(createSampleStorage(true), defaults)).not.toThrow();
});
