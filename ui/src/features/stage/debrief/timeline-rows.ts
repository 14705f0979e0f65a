import {
  errorRatio,
  type Measurement,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';
import type { ChartPoint } from '../chart-geometry.ts';

/** Curves of a run over its seconds. */
export interface TimelineCurves {
  /** Served requests a second. */
  readonly throughput: readonly ChartPoint[];
  /** Error ratio, 0 to 1; windows in which nothing finished count as 0. */
  readonly errors: readonly ChartPoint[];
}

/** The curves of the whole service, each value at the end of its window. */
export function timelineCurves(rows: readonly Measurement[]): TimelineCurves {
  return {
    throughput: rows.map((row) => ({ x: row.endMs / 1000, y: throughputPerSecond(row) })),
    errors: rows.map((row) => ({ x: row.endMs / 1000, y: errorRatio(row) ?? 0 })),
  };
}

/** The row whose window holds an instant; the nearest one outside; null when there are none. */
export function rowAt(rows: readonly Measurement[], timeMs: number): Measurement | null {
  return rows.find((row) => timeMs < row.endMs) ?? rows.at(-1) ?? null;
}
