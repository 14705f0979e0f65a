import {
  errorRatio,
  type Measurement,
  type Snapshot,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';

export const KPIS = ['throughput', 'p95', 'errors', 'cost'] as const;
export type Kpi = (typeof KPIS)[number];

/** A figure of a row of the whole service: requests a second, milliseconds, ratio, or $ an hour; null when it was not measured. */
export const KPI_OF_ROW: Readonly<Record<Kpi, (row: Measurement) => number | null>> = {
  throughput: throughputPerSecond,
  p95: (row) => row.latency.p95Ms,
  errors: errorRatio,
  cost: (row) => row.costPerHour,
};

/** The present figure: of the last full second; the cost as it is at this instant. */
export function presentKpi(kpi: Kpi, snapshot: Snapshot): number | null {
  if (kpi === 'cost') return snapshot.costPerHour;
  return snapshot.endToEnd === null ? null : KPI_OF_ROW[kpi](snapshot.endToEnd);
}

/** Values for a small chart: shares of the greatest one, which is at least `least`. */
export function toShares(values: readonly (number | null)[], least: number): (number | null)[] {
  const greatest = Math.max(least, ...values.map((value) => value ?? 0));
  return values.map((value) => (value === null ? null : value / greatest));
}
