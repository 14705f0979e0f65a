import type { TSchema } from 'typebox';
import { findFaults } from './schema-faults.ts';

/** One fault of a value: where (JSON pointer; empty for the whole) and what was expected there. */
export interface Problem {
  readonly path: string;
  readonly expected: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks foreign data against a schema without changing it. Never throws and takes no longer than the
 * value is large; the problems name at most 20 faults, those of a variant only when its discriminator
 * chose it. A name that fits no pattern of a record is a fault too.
 */
export function parse<T>(schema: TSchema, value: unknown): Parsed<T> {
  try {
    const problems = findFaults(schema, value);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as T };
  } catch (error) {
    return refused(`plain data that can be read (${String(error).slice(0, 100)})`);
  }
}

function refused<T>(expected: string): Parsed<T> {
  return { ok: false, problems: [{ path: '', expected }] };
}
