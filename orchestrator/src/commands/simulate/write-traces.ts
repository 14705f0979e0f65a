import { writeFile } from 'node:fs/promises';
import type { OtlpTraces } from '@project-devops/simulation';

/** Writes traces into a file, in place of what it held; a sentence when that cannot be. */
export async function writeTraces(file: string, traces: OtlpTraces): Promise<string | null> {
  try {
    await writeFile(file, `${JSON.stringify(traces)}\n`);
    return null;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return `The traces cannot be written to ${file} (${code}).`;
  }
}
