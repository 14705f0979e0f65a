import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** One fault of a value: where (JSON pointer; empty for the whole) and what was expected there. */
export interface Problem {
  readonly path: string;
  readonly expected: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MAX_PROBLEMS = 20;

/** Checks foreign data against a schema without changing it; the problems name at most 20 faults. */
export function parse<T>(schema: TSchema, value: unknown): Parsed<T> {
  if (Value.Check(schema, value)) return { ok: true, value: value as T };
  const problems = [...Value.Errors(schema, value)]
    .slice(0, MAX_PROBLEMS)
    .map((error) => ({ path: error.instancePath, expected: error.message }));
  return { ok: false, problems };
}
