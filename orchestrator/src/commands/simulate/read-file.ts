import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Parsed } from '@project-devops/simulation/protocol';
import { parseDocument } from 'yaml';

/** Largest file that is parsed, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ALIASES = 100;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'a file that exists',
  EACCES: 'a file that may be read',
  EPERM: 'a file that may be read',
  EISDIR: 'a file, not a folder',
  ENOTDIR: 'a file that exists',
};

/** Reads a YAML or JSON file that may be hostile: limited in size before parsing, and in aliases. Checks no schema. */
export async function readFile(path: string): Promise<Parsed<unknown>> {
  let bytes: Buffer;
  try {
    bytes = await buffer(createReadStream(path, { end: MAX_BYTES }));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return refused(REASONS[code] ?? `a file that can be read (${code})`);
  }
  if (bytes.length > MAX_BYTES) return refused(`a file of at most ${MAX_BYTES / 1024 / 1024} MB`);
  return parseText(bytes);
}

function parseText(bytes: Buffer): Parsed<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('text in UTF-8');
  }
  try {
    if (/^\s*[[{]/.test(text)) return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // YAML's flow style looks like JSON too; the YAML reader names the line of the fault.
  }
  try {
    const document = parseDocument(text, { schema: 'core', version: '1.2', prettyErrors: true });
    const [fault] = document.errors;
    if (fault) return refused(`readable YAML or JSON (${fault.message.split('\n')[0]})`);
    return { ok: true, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch (error) {
    return refused(`readable YAML or JSON (${(error as Error).message.slice(0, 200)})`);
  }
}

function refused(expected: string): Parsed<never> {
  return { ok: false, problems: [{ path: '', expected }] };
}
