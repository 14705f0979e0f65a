import type { Measurement } from '@project-devops/simulation/protocol';
import { lengthOf, mergeRows } from './merge-rows.ts';

/** A window of one node that both sides have. */
export interface RowPair {
  readonly predicted: Measurement;
  readonly measured: Measurement;
}

/** The rows of one side over some windows, which need not touch each other. */
export interface Span {
  readonly rows: readonly Measurement[];
  readonly merged: Measurement;
  /** Time that the rows cover; less than from first to last where windows are missing. */
  readonly coveredMs: number;
}

/** Pairs the rows of one node that describe the same window of simulated time, in order. */
export function pairRows(
  predicted: readonly Measurement[],
  measured: readonly Measurement[],
): readonly RowPair[] {
  const byWindow = new Map(predicted.map((row) => [windowKey(row), row]));
  return measured
    .flatMap((row) => {
      const partner = byWindow.get(windowKey(row));
      return partner === undefined ? [] : [{ predicted: partner, measured: row }];
    })
    .sort((a, b) => a.measured.startMs - b.measured.startMs);
}

/** Null for no rows. */
export function spanOf(rows: readonly Measurement[]): Span | null {
  if (rows.length === 0) return null;
  return {
    rows,
    merged: mergeRows(rows),
    coveredMs: rows.reduce((total, row) => total + lengthOf(row), 0),
  };
}

/** Pairs by sub-window of `lengthMs` of simulated time; those that are covered by less than half are left out. */
export function subWindows(pairs: readonly RowPair[], lengthMs: number): readonly RowPair[][] {
  const groups = Map.groupBy(pairs, ({ measured }) => Math.floor(measured.startMs / lengthMs));
  return [...groups.values()].filter(
    (group) => group.reduce((total, { measured }) => total + lengthOf(measured), 0) * 2 >= lengthMs,
  );
}

function windowKey({ startMs, endMs }: Measurement): string {
  return `${startMs}-${endMs}`;
}
