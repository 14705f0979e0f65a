import {
  type LoadPoint,
  type Measurement,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';
import { type Column, forecastAt, type ShownSeries } from './chart-data.ts';

/** Times in seconds of play; measured; predicted; the band's lower and upper edge; forecast. */
export type ComparisonData = [number[], Column, Column, Column, Column, Column];
/** Times in seconds of play; predicted minus measured. */
export type ResidualData = [number[], Column];

/** What the columns are made of. */
export interface ComparedRows {
  readonly predicted: readonly Measurement[];
  readonly measured: readonly Measurement[];
  /** Ends of the windows that are not compared. */
  readonly invalidEnds: ReadonlySet<number>;
}

/** Half of the band: two standard deviations of a count of n, sqrt(n), as a rate. */
export function samplingNoise(row: Measurement): number {
  const seconds = (row.endMs - row.startMs) / 1000;
  return seconds > 0 ? (2 * Math.sqrt(row.served)) / seconds : 0;
}

const byEnd = (rows: readonly Measurement[]): ReadonlyMap<number, Measurement> =>
  new Map(rows.map((row) => [row.endMs, row]));

/** Served requests a second as they were measured and predicted over the same windows, and the forecast ahead. */
export function toComparisonData(
  { predicted, measured }: ComparedRows,
  forecast: readonly LoadPoint[],
  lengthSeconds: number,
  shown: ShownSeries,
): ComparisonData {
  const real = byEnd(measured);
  const past = predicted.map((row) => row.endMs / 1000);
  const ahead: number[] = [];
  for (let at = Math.floor(past.at(-1) ?? -1) + 1; at <= lengthSeconds; at++) ahead.push(at);
  const none: Column = ahead.map(() => null);
  const column = (isShown: boolean, read: (row: Measurement) => number | null): Column => [
    ...predicted.map((row) => (isShown ? read(row) : null)),
    ...none,
  ];
  const measuredRate = ({ endMs }: Measurement): number | null => {
    const row = real.get(endMs);
    return row ? throughputPerSecond(row) : null;
  };
  return [
    [...past, ...ahead],
    column(shown.measured, measuredRate),
    column(shown.predicted, throughputPerSecond),
    column(shown.predicted, (row) => Math.max(0, throughputPerSecond(row) - samplingNoise(row))),
    column(shown.predicted, (row) => throughputPerSecond(row) + samplingNoise(row)),
    [
      ...past.map(() => null),
      ...(shown.forecast ? ahead.map((at) => forecastAt(forecast, at)) : none),
    ],
  ];
}

/** Predicted minus measured, for the windows that have both and are compared. */
export function toResiduals({ predicted, measured, invalidEnds }: ComparedRows): ResidualData {
  const real = byEnd(measured);
  return [
    predicted.map((row) => row.endMs / 1000),
    predicted.map((row) => {
      const other = real.get(row.endMs);
      if (!other || invalidEnds.has(row.endMs)) return null;
      return throughputPerSecond(row) - throughputPerSecond(other);
    }),
  ];
}
