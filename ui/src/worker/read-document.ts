import type { Parsed, Problem } from '@project-devops/simulation/protocol';

/** Largest file that is read, in characters; nothing is parsed beyond it. */
export const MAX_FILE_CHARACTERS = 4 * 1024 * 1024;
/** Deepest nesting of a file; ours need about ten. */
const MAX_DEPTH = 40;
/** Most values in a file; a full run has a few hundred thousand. */
const MAX_VALUES = 1_000_000;
const MAX_ALIASES = 100;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

const refused = (path: string, expected: string): { ok: false; problems: Problem[] } => ({
  ok: false,
  problems: [{ path, expected }],
});

const pointer = (path: string, key: string): string =>
  `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The first reason not to look closer at a value: too deep, too much, or names that objects have of their own. */
function findHazard(root: unknown): Problem | null {
  const waiting = [{ value: root, path: '', depth: 0 }];
  let values = 0;
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (++values > MAX_VALUES) return { path: '', expected: `at most ${MAX_VALUES} values` };
    if (typeof item.value !== 'object' || item.value === null) continue;
    if (item.depth >= MAX_DEPTH) {
      return { path: item.path, expected: `at most ${MAX_DEPTH} levels of nesting` };
    }
    for (const [key, value] of Object.entries(item.value)) {
      const path = pointer(item.path, key);
      if (FORBIDDEN_NAMES.has(key)) return { path, expected: `a name other than ${key}` };
      waiting.push({ value, path, depth: item.depth + 1 });
    }
  }
  return null;
}

async function readYaml(text: string): Promise<Parsed<unknown>> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { schema: 'core', version: '1.2', prettyErrors: true });
  const [error] = document.errors;
  if (error) return refused('', `readable YAML or JSON (${error.message.split('\n')[0]})`);
  return { ok: true, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
}

async function readText(text: string): Promise<Parsed<unknown>> {
  try {
    if (/^\s*[[{]/.test(text)) return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // YAML's flow style looks like JSON too; the YAML reader names the line of the fault.
  }
  try {
    return await readYaml(text);
  } catch (error) {
    return refused('', `a file that can be read (${(error as Error).message.slice(0, 200)})`);
  }
}

/**
 * Reads YAML or JSON that may be hostile: limited in size, nesting and aliases, without names
 * that shadow those of every object. Checks no schema.
 */
export async function readDocument(text: string): Promise<Parsed<unknown>> {
  if (text.length > MAX_FILE_CHARACTERS) {
    return refused('', `a file of at most ${MAX_FILE_CHARACTERS / 1024 / 1024} MB`);
  }
  const read = await readText(text);
  if (!read.ok) return read;
  const hazard = findHazard(read.value);
  return hazard === null ? read : { ok: false, problems: [hazard] };
}
