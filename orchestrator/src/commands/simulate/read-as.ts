import type { Parsed } from '@project-devops/simulation/protocol';
import { problemLines } from '../problem-lines.ts';
import { readFile } from './read-file.ts';

export type Understood<T> =
  | { readonly ok: true; readonly value: T; readonly content: unknown }
  /** Lines that say what is wrong in the file. */
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads a file as what `understand` makes of its content, or tells a person what is wrong with it. */
export async function readAs<T>(
  file: string,
  understand: (content: unknown) => Parsed<T>,
): Promise<Understood<T>> {
  const reading = await readFile(file);
  const content = reading.ok ? reading.value : undefined;
  const understood = reading.ok ? understand(reading.value) : reading;
  if (understood.ok) return { ok: true, value: understood.value, content };
  return { ok: false, faults: problemLines(understood.problems, content) };
}
