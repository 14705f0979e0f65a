import { CALIBRATED_WORKS, type CalibratedWork } from '@project-devops/simulation/protocol';
import { type Estimate, type Fit, leastSquares, type Sample } from './least-squares.ts';
import type { CpuColumn, CpuObservation, ProbedKind } from './observations.ts';
import { evenlySpread } from './weighting.ts';

/** The measurements do not say what they should; the message says what to do. */
export class CalibrationError extends Error {
  override readonly name = 'CalibrationError';
}

/** CPU time of each work in ms, and of each kind without requests in ms a second. */
export interface FittedDemands {
  readonly works: Readonly<Record<CalibratedWork, Estimate>>;
  readonly background: Readonly<Partial<Record<ProbedKind, Estimate>>>;
}

/** Kinds whose CPU is spent on the same works are fitted together; others would only add their noise. */
const FAMILIES: readonly (readonly ProbedKind[])[] = [
  ['load-balancer'],
  ['vm-basic'],
  ['sql-primary', 'sql-replica'],
  ['cache'],
];

/**
 * Service demands by the utilisation law (CPU time used over what was done in it) for all works at once:
 * least squares of CPU time on the counts of works and on time, whose coefficient is the background.
 * Throws a CalibrationError when the observations do not tell a work.
 */
export function fitDemands(observations: readonly CpuObservation[]): FittedDemands {
  const estimates = FAMILIES.flatMap((kinds) =>
    Object.entries(fitFamily(observations.filter(({ kind }) => kinds.includes(kind)))),
  );
  const all = new Map(estimates as [CpuColumn, Estimate][]);
  const background = [...all].flatMap(([column, estimate]) =>
    column.startsWith('background:') ? [[column.slice('background:'.length), estimate]] : [],
  );
  return {
    works: Object.fromEntries(
      CALIBRATED_WORKS.map((work) => [work, known(all.get(work), work)]),
    ) as Record<CalibratedWork, Estimate>,
    background: Object.fromEntries(background) as FittedDemands['background'],
  };
}

/** A little noise may make a demand that is almost nothing negative. */
function known(estimate: Estimate | undefined, work: CalibratedWork): Estimate {
  if (estimate === undefined) {
    throw new CalibrationError(
      `Nothing measured tells the CPU time of ${work}. Calibrate again with the machine otherwise idle.`,
    );
  }
  return { ...estimate, value: Math.max(0, estimate.value) };
}

function fitFamily(
  observations: readonly CpuObservation[],
): Readonly<Partial<Record<CpuColumn, Estimate>>> {
  const columns = [...new Set(observations.flatMap(({ x }) => columnsIn(x)))];
  const fit = weightedFit(observations, columns);
  if (fit.kind === 'fitted' && !isVague(fit)) return fit.estimates;
  return fitPooled(observations, columns) ?? fittedOnly(fit);
}

/** Least squares again, with each probe's windows weighted by how little they scatter. */
function weightedFit<Column extends string>(
  samples: readonly (Sample<Column> & { readonly group: string })[],
  columns: readonly Column[],
): Fit<Column> {
  const first = leastSquares(samples, columns);
  return first.kind === 'fitted'
    ? leastSquares(evenlySpread(samples, first.estimates), columns)
    : first;
}

function columnsIn(x: CpuObservation['x']): CpuColumn[] {
  return (Object.entries(x) as [CpuColumn, number][]).flatMap(([column, count]) =>
    count > 0 ? [column] : [],
  );
}

/** A get and a set cost a cache about the same; where they are not told apart, both get their mean. */
function isVague({ estimates }: Extract<Fit<CpuColumn>, { kind: 'fitted' }>): boolean {
  return (['cache-get', 'cache-set'] as const).some((work) => {
    const estimate = estimates[work];
    return estimate !== undefined && estimate.halfWidth > estimate.value;
  });
}

function fitPooled(observations: readonly CpuObservation[], columns: readonly CpuColumn[]) {
  if (!columns.includes('cache-get')) return null;
  const pooled = observations.map(({ y, x, group }) => {
    const { 'cache-get': gets = 0, 'cache-set': sets = 0, ...others } = x;
    return { y, group, x: { ...others, 'cache-get': gets + sets } };
  });
  const remaining = columns.filter((column) => column !== 'cache-set');
  const { estimates } = fitted(weightedFit(pooled, remaining));
  return { ...estimates, 'cache-set': estimates['cache-get'] };
}

function fittedOnly(fit: Fit<CpuColumn>) {
  return fitted(fit).estimates;
}

function fitted<Column extends string>(fit: Fit<Column>) {
  if (fit.kind === 'fitted') return fit;
  throw new CalibrationError(
    `The measurements do not tell ${fit.column.replace(':', ' of ')} from the rest. Calibrate again with the machine otherwise idle.`,
  );
}
