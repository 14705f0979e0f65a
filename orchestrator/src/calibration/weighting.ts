import type { Estimate, Sample } from './least-squares.ts';

/** No group counts as scattering less than this (in units of `y`): counters are not read more finely. */
const LEAST_SCATTER = 0.3;

/**
 * Samples divided by the scatter of their group around a first fit, so that groups which scatter widely (a
 * few long bursts) do not drown those which scatter little (nothing but background).
 */
export function evenlySpread<Column extends string>(
  samples: readonly (Sample<Column> & { readonly group: string })[],
  fit: Readonly<Record<Column, Estimate>>,
): readonly Sample<Column>[] {
  const groups = Map.groupBy(samples, ({ group }) => group);
  return [...groups.values()].flatMap((members) => {
    const squares = members.reduce((sum, sample) => sum + residual(sample, fit) ** 2, 0);
    const scatter = Math.max(LEAST_SCATTER, Math.sqrt(squares / members.length));
    return members.map((sample) => divided(sample, scatter));
  });
}

function residual<Column extends string>(
  { y, x }: Sample<Column>,
  fit: Readonly<Record<Column, Estimate>>,
): number {
  let rest = y;
  for (const column of Object.keys(x) as Column[])
    rest -= (fit[column]?.value ?? 0) * (x[column] ?? 0);
  return rest;
}

function divided<Column extends string>({ y, x }: Sample<Column>, by: number): Sample<Column> {
  const scaled: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(x) as Column[]) scaled[column] = (x[column] ?? 0) / by;
  return { y: y / by, x: scaled };
}
