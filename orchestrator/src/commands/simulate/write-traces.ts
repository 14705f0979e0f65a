import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OtlpTraces } from '@project-devops/simulation';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'it may not be written',
};

/**
 * Why traces could not be written to a file, as a sentence; null when nothing speaks against it. Asked before a
 * long run, and changes nothing. `inputs`: the files that the run reads, which must stay.
 */
export async function traceFault(file: string, inputs: readonly string[]): Promise<string | null> {
  try {
    const present = await stat(file).catch(() => null);
    if (present?.isDirectory()) return fault(file, 'EISDIR');
    await access(present === null ? dirname(file) : file, constants.W_OK);
    if (present === null) return null;
    for (const input of inputs) {
      const { dev, ino } = await stat(input);
      if (dev === present.dev && ino === present.ino) {
        return `The traces cannot be written to ${file}: it is what is read. Name another file.`;
      }
    }
    return null;
  } catch (error) {
    return fault(file, (error as NodeJS.ErrnoException).code);
  }
}

/** Writes traces into a file, in place of what it held; a sentence when that cannot be. */
export async function writeTraces(file: string, traces: OtlpTraces): Promise<string | null> {
  try {
    await writeFile(file, `${JSON.stringify(traces)}\n`);
    return null;
  } catch (error) {
    return fault(file, (error as NodeJS.ErrnoException).code);
  }
}

function fault(file: string, code = 'unknown'): string {
  return `The traces cannot be written to ${file}: ${REASONS[code] ?? code}.`;
}
