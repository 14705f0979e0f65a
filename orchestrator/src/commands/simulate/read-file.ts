import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Parsed } from '@project-devops/simulation/protocol';
import { readYaml, refused, unreadable } from './read-yaml.ts';

/** Largest file that is parsed, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'a file that exists',
  EACCES: 'a file that may be read',
  EPERM: 'a file that may be read',
  EISDIR: 'a file, not a folder',
  ENOTDIR: 'a file that exists',
};

/** Reads a YAML or JSON file that may be hostile: limited in size before parsing. Checks no schema. */
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
  return readYaml(text);
}
