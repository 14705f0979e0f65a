/** One observation: what was seen, and how much of each column was in it. */
export interface Sample<Column extends string> {
  readonly y: number;
  readonly x: Readonly<Partial<Record<Column, number>>>;
}

/** A coefficient with the half width of its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth: number;
}

export type Fit<Column extends string> =
  | { readonly kind: 'fitted'; readonly estimates: Readonly<Record<Column, Estimate>> }
  /** The samples do not tell this column from the others, or are too few. */
  | { readonly kind: 'undetermined'; readonly column: Column };

/** A column is told from the others when at least this share of it (of its squares) is not explained by them. */
const MIN_OWN_SHARE = 1e-4;

/**
 * Ordinary least squares of `y` on the columns, without an intercept (give one as a column). Intervals hold
 * for samples of unequal spread (White's estimator in the form HC3), with Student's quantile.
 */
export function leastSquares<Column extends string>(
  samples: readonly Sample<Column>[],
  columns: readonly Column[],
): Fit<Column> {
  const rows = samples.map(({ x }) => columns.map((column) => x[column] ?? 0));
  const products = columns.map((_, i) => columns.map((_, j) => dot(rows, i, j)));
  const inverse = inverted(products);
  if (!inverse.ok) return { kind: 'undetermined', column: columns[inverse.column] as Column };
  const freedom = samples.length - columns.length;
  if (freedom < 1) return { kind: 'undetermined', column: columns.at(-1) as Column };
  const moments = columns.map((_, i) =>
    samples.reduce((sum, { y }, n) => sum + at(rows[n], i) * y, 0),
  );
  const values = inverse.matrix.map((row) => inner(row, moments));
  const variances = robustVariances(samples, rows, values, inverse.matrix);
  const quantile = studentQuantile(freedom);
  const estimates = columns.map((column, i): [Column, Estimate] => [
    column,
    { value: at(values, i), halfWidth: quantile * Math.sqrt(at(variances, i)) },
  ]);
  return { kind: 'fitted', estimates: Object.fromEntries(estimates) as Record<Column, Estimate> };
}

/** Diagonal of (X'X)^-1 X' diag(e^2 / (1 - h)^2) X (X'X)^-1, h being each sample's leverage. */
function robustVariances(
  samples: readonly { readonly y: number }[],
  rows: readonly (readonly number[])[],
  values: readonly number[],
  inverse: readonly (readonly number[])[],
): number[] {
  const variances = values.map(() => 0);
  rows.forEach((row, n) => {
    const weights = inverse.map((line) => inner(line, row));
    const leverage = Math.min(0.999, inner(row, weights));
    const residual = ((samples[n]?.y ?? 0) - inner(row, values)) / (1 - leverage);
    weights.forEach((weight, i) => {
      variances[i] = at(variances, i) + (weight * residual) ** 2;
    });
  });
  return variances;
}

type Inverse =
  | { readonly ok: true; readonly matrix: readonly (readonly number[])[] }
  | { readonly ok: false; readonly column: number };

/** Gauss-Jordan on a matrix of products, which needs no exchange of rows. */
function inverted(products: readonly (readonly number[])[]): Inverse {
  const size = products.length;
  const work = products.map((row, i) => [...row, ...products.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < size; k++) {
    const pivotRow = work[k] ?? [];
    const pivot = at(pivotRow, k);
    if (!(pivot > MIN_OWN_SHARE * at(products[k], k))) return { ok: false, column: k };
    const scaled = pivotRow.map((value) => value / pivot);
    work[k] = scaled;
    for (let i = 0; i < size; i++) {
      const factor = at(work[i], k);
      if (i !== k) work[i] = (work[i] ?? []).map((value, j) => value - factor * at(scaled, j));
    }
  }
  return { ok: true, matrix: work.map((row) => row.slice(size)) };
}

/** 97.5 % quantile of Student's t (Cornish-Fisher expansion around the normal's 1.96; exact figures for 1 and 2). */
export function studentQuantile(freedom: number): number {
  if (freedom <= 1) return 12.706;
  if (freedom === 2) return 4.303;
  const z = 1.959964;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

function dot(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows.reduce((sum, row) => sum + at(row, i) * at(row, j), 0);
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * at(b, i), 0);
}

function at(values: readonly number[] | undefined, i: number): number {
  return values?.[i] ?? 0;
}
