import { type Parsed, parse } from '@project-devops/simulation/protocol';
import type { TSchema } from 'typebox';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  /** One line that says what is wrong and where. */
  | { readonly ok: false; readonly reason: string };

/** A configuration from its JSON text. */
export function readConfiguration<T>(schema: TSchema, text: string | undefined): Read<T> {
  if (text === undefined || text === '') {
    return { ok: false, reason: 'the variable CONFIGURATION is empty: set it to the JSON text' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: `the configuration is not JSON: ${(error as Error).message}` };
  }
  const parsed: Parsed<T> = parse<T>(schema, value);
  if (parsed.ok) return parsed;
  const faults = parsed.problems.map(({ path, expected }) => `${path || 'the whole'}: ${expected}`);
  return { ok: false, reason: `the configuration is not valid: ${faults.join('; ')}` };
}
