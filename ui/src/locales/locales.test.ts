import {
  CAUSES,
  DEPARTMENTS,
  NODE_KINDS,
  OPERATIONS,
  REFUSAL_CODES,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import en from './en.ts';
import ko from './ko.ts';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string'
      ? [[prefix + key, value]]
      : [...flatten(value, `${prefix}${key}.`).entries()],
  );
  return new Map(entries);
}

const english = flatten(en as Tree);
const korean = flatten(ko as Tree);
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

describe('the words', () => {
  it('are there in both languages', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are nowhere empty', () => {
    const all = [...english, ...korean];
    expect(all.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(korean.get(key) ?? '').join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('cover every code of the protocol', () => {
    const wanted = [
      ...REFUSAL_CODES.map((code) => `common.refusals.${code}`),
      ...CAUSES.map((cause) => `common.causes.${cause}`),
      ...NODE_KINDS.map((kind) => `common.kinds.${kind}`),
      ...OPERATIONS.map((operation) => `common.operations.${operation}`),
      ...DEPARTMENTS.map((department) => `common.departments.${department}`),
    ];
    expect(wanted.filter((key) => !english.has(key))).toEqual([]);
  });
});

const sources = import.meta.glob<string>(
  ['../**/*.{vue,ts}', '!../**/*.test.ts', '!../**/sample-*.ts', '!./**'],
  { query: '?raw', import: 'default', eager: true },
);
/** Every text in quotes that could be a key; a part that is only known when it runs becomes `*`. */
const QUOTED = /(['"`])([a-zA-Z]+\.[^'"`\s]*)\1/g;
const KEY_IN_CALL = /\bt\(\s*(?:[^'"`()]*\?\s*)?(['"`])([^'"`]+)\1(?:\s*:\s*(['"`])([^'"`]+)\3)?/g;
const KEY_IN_FIELD = /\blabelKey:\s*(['"`])([^'"`]+)\1/g;

/** Keys written in the sources; a part that is only known when it runs becomes `*`. */
function keysIn(text: string): string[] {
  const found = [...text.matchAll(KEY_IN_CALL), ...text.matchAll(KEY_IN_FIELD)];
  return found
    .flatMap((match) => [match[2], match[4]])
    .filter((key) => key !== undefined)
    .map((key) => key.replace(/\$\{[^}]*\}/g, '*'));
}

function toPattern(key: string): RegExp {
  const parts = key.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}
const isKnown = (key: string): boolean => {
  const pattern = toPattern(key);
  return [...english.keys()].some((known) => pattern.test(known));
};

describe('keys in the code', () => {
  const used = Object.entries(sources).flatMap(([file, text]) =>
    keysIn(text).map((key) => ({ file, key })),
  );

  it('are found', () => {
    expect(used.length).toBeGreaterThan(100);
  });

  it('all have words', () => {
    const missing = used.filter(({ key }) => !isKnown(key));
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  it('use all words', () => {
    const quoted = Object.values(sources).flatMap((text) =>
      [...text.matchAll(QUOTED)].map((match) => (match[2] ?? '').replace(/\$\{[^}]*\}/g, '*')),
    );
    const patterns = [...new Set(quoted)].map(toPattern);
    const idle = [...english.keys()].filter((key) => !patterns.some((each) => each.test(key)));
    expect(idle).toEqual([]);
  });
});
