import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Parsed } from '@project-devops/simulation/protocol';
import { parseAllDocuments } from 'yaml';

/** Largest file that is parsed, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ALIASES = 100;
const STACK_OVERFLOW = 'Maximum call stack size exceeded';

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
  return parseText(bytes, path.endsWith('.json'));
}

/** `isJson`: told to be JSON and nothing else. */
function parseText(bytes: Buffer, isJson: boolean): Parsed<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('text in UTF-8');
  }
  if (text.trim() === '') return refused('a file that is not empty');
  try {
    if (isJson || /^\s*[[{]/.test(text)) return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (isJson) return unreadable((error as Error).message);
    // YAML's flow style looks like JSON too; the YAML reader names the line of the fault.
  }
  try {
    const documents = parseAllDocuments(text, { schema: 'core', version: '1.2' });
    const [document, another] = Array.isArray(documents) ? documents : [];
    const fault = document?.errors[0];
    if (fault) return unreadable(fault.message);
    if (another !== undefined) return refused('one YAML document, not several');
    return { ok: true, value: document?.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch (error) {
    return unreadable((error as Error).message);
  }
}

/** The reader's first line says what and where; it tells too great a depth as its own stack's. */
function unreadable(reason: string): Parsed<never> {
  if (reason.startsWith(STACK_OVERFLOW)) return refused('a file that is nested less deeply');
  const [line = ''] = reason.split('\n');
  return refused(`readable YAML or JSON (${line.slice(0, 200).replace(/:$/, '')})`);
}

function refused(expected: string): Parsed<never> {
  return { ok: false, problems: [{ path: '', expected }] };
}
