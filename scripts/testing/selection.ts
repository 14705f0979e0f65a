import type { Step } from './steps.ts';

export type Selection =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly unknown: readonly string[] };

/** The steps named and those that must run before them, in the table's order; all when none is named. */
export function select(steps: readonly Step[], names: readonly string[]): Selection {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) return { ok: false, unknown };
  if (names.length === 0) return { ok: true, steps };
  const wanted = new Set(names);
  for (const step of steps.toReversed()) {
    if (wanted.has(step.name)) for (const name of step.after ?? []) wanted.add(name);
  }
  return { ok: true, steps: steps.filter(({ name }) => wanted.has(name)) };
}
