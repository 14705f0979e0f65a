import type { Estimate, Sample } from './least-squares.ts';

/** No group counts as scattering less than this (in units of `y`): counters are not read more finely. */
const LEAST_SCATTER = 0.3;

/** Standard deviation of a normal law over its median absolute deviation. */
const SIGMA_PER_DEVIATION = 1.4826;
/** Samples further from their group's middle, in standard deviations, tell of something else that went on in the machine. */
const FURTHEST = 4;

/**
 * Samples divided by their group's scatter, so that groups which scatter widely (a few long bursts) do not
 * drown those which scatter little (nothing but background). Scatter is around the group's own middle: the
 * first fit may be off for a whole group. Samples far from the middle are left out.
 */
export function evenlySpread<Column extends string>(
  samples: readonly (Sample<Column> & { readonly group: string })[],
  fit: Readonly<Record<Column, Estimate>>,
): readonly Sample<Column>[] {
  const groups = Map.groupBy(samples, ({ group }) => group);
  return [...groups.values()].flatMap((members) => {
    const residuals = members.map((sample) => residual(sample, fit));
    const middle = median(residuals);
    const deviations = residuals.map((each) => Math.abs(each - middle));
    const scatter = Math.max(LEAST_SCATTER, SIGMA_PER_DEVIATION * median(deviations));
    return members
      .filter((_, i) => (deviations[i] ?? 0) <= FURTHEST * scatter)
      .map((sample) => divided(sample, scatter));
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}
