import type { TSchema } from 'typebox';
import { readConfiguration } from './read.ts';
import type { Scratch } from './scratch.ts';

/**
 * Puts the wanted configuration in force and tells the verdict; one that is not valid changes nothing.
 * @param apply puts a valid configuration in force
 */
export function reload<T>(scratch: Scratch, schema: TSchema, apply: (value: T) => void): void {
  scratch.tellVerdict(verdictOn(scratch, schema, apply));
}

function verdictOn<T>(scratch: Scratch, schema: TSchema, apply: (value: T) => void): string {
  let text: string;
  try {
    text = scratch.wanted();
  } catch (error) {
    return `the configuration cannot be read: ${(error as Error).message}`;
  }
  const read = readConfiguration<T>(schema, text);
  if (!read.ok) return read.reason;
  apply(read.value);
  return 'ok';
}
