import type { Measurement } from './measurement.ts';
import { CAUSES, type Cause } from './vocabulary.ts';

/**
 * Upper bounds of the shared latency buckets in milliseconds: the E12 preferred numbers (each about
 * 1.21 times the one before) from 0.1 ms to 10 s. Engine, containers and k6 all count into these.
 */
const E12 = [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82] as const;
export const LATENCY_BOUNDS_MS: readonly number[] = [
  ...E12.map((step) => step / 100),
  ...E12.map((step) => step / 10),
  ...E12,
  ...E12.map((step) => step * 10),
  ...E12.map((step) => step * 100),
  10_000,
];

/** Sum of the errors of all causes. */
export function errorCount(errors: Readonly<Partial<Record<Cause, number>>>): number {
  let total = 0;
  for (const cause of CAUSES) total += errors[cause] ?? 0;
  return total;
}

/** Errors over finished requests of a window, 0 to 1; null when none finished. */
export function errorRatio(row: Pick<Measurement, 'served' | 'errors'>): number | null {
  const errors = errorCount(row.errors);
  const finished = row.served + errors;
  return finished === 0 ? null : errors / finished;
}

/** Served requests a second over the row's window. */
export function throughputPerSecond(
  row: Pick<Measurement, 'served' | 'startMs' | 'endMs'>,
): number {
  return row.endMs > row.startMs ? (row.served * 1000) / (row.endMs - row.startMs) : 0;
}

/**
 * The q-th percentile (0 to 1) of bucketed latencies, by straight-line interpolation inside the
 * bucket as Prometheus' histogram_quantile does; null when the buckets are empty. The overflow
 * bucket answers with the last bound.
 */
export function percentileFromBuckets(bucketCounts: readonly number[], q: number): number | null {
  const total = bucketCounts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  const rank = q * total;
  let below = 0;
  for (let i = 0; i < LATENCY_BOUNDS_MS.length; i++) {
    const inside = bucketCounts[i] ?? 0;
    if (inside > 0 && below + inside >= rank) {
      const upper = LATENCY_BOUNDS_MS[i] ?? 0;
      const lower = i === 0 ? 0 : (LATENCY_BOUNDS_MS[i - 1] ?? 0);
      return lower + ((upper - lower) * (rank - below)) / inside;
    }
    below += inside;
  }
  return LATENCY_BOUNDS_MS[LATENCY_BOUNDS_MS.length - 1] ?? null;
}
