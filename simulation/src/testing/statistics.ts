/** A mean over independent runs with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** Mean of independent values, with its standard error; of two values at least. */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}

/** How many standard errors an estimate lies beside the truth. */
export function errorsOff({ mean, standardError }: Estimate, truth: number): number {
  return Math.abs(mean - truth) / standardError;
}
