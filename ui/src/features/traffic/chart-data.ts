import {
  errorCount,
  type LoadPoint,
  type Measurement,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';

export const SERIES = ['served', 'errors', 'forecast'] as const;
/** What stands in the chart of real mode instead. */
export const COMPARED_SERIES = ['measured', 'predicted', 'residual', 'forecast'] as const;
export type SeriesName = (typeof SERIES)[number] | (typeof COMPARED_SERIES)[number];
export type ShownSeries = Readonly<Record<SeriesName, boolean>>;

export const RANGES = ['10s', '1min', 'all'] as const;
export type Range = (typeof RANGES)[number];
const LOOK_BACK: Readonly<Record<Exclude<Range, 'all'>, number>> = { '10s': 10, '1min': 60 };
/** Share of a moving window that shows what is to come. */
const AHEAD = 0.3;

export type Column = (number | null)[];
/** Times in seconds of play; served; the base of the errors; served and errors on top; forecast. */
export type ChartData = [number[], Column, Column, Column, Column];

const endSeconds = (row: Measurement): number => row.endMs / 1000;

/** Errors of all causes a second over the row's window. */
export function errorsPerSecond(row: Measurement): number {
  return row.endMs > row.startMs ? (errorCount(row.errors) * 1000) / (row.endMs - row.startMs) : 0;
}

/** The forecast at an instant, between its points by straight line; null before the first. */
export function forecastAt(forecast: readonly LoadPoint[], atSeconds: number): number | null {
  const next = forecast.findIndex((point) => point.atSeconds >= atSeconds);
  const after = forecast[next];
  if (next === -1) return forecast.at(-1)?.ratePerSecond ?? null;
  const before = forecast[next - 1];
  if (!after) return null;
  if (!before) return after.atSeconds === atSeconds ? after.ratePerSecond : null;
  const share = (atSeconds - before.atSeconds) / (after.atSeconds - before.atSeconds);
  return before.ratePerSecond + share * (after.ratePerSecond - before.ratePerSecond);
}

/** The visible time of a range in seconds of play. */
export function visibleTime(range: Range, nowSeconds: number, length: number): [number, number] {
  if (range === 'all') return [0, Math.max(length, nowSeconds, 1)];
  const back = LOOK_BACK[range];
  const from = Math.max(0, nowSeconds - back);
  return [from, from + back * (1 + AHEAD)];
}

/** Errors stand on the served requests; their line is left out where there are none on either side. */
function totals(served: readonly number[], errors: readonly number[], shown: boolean): Column {
  return served.map((value, i) => {
    const near = (errors[i - 1] ?? 0) + (errors[i] ?? 0) + (errors[i + 1] ?? 0);
    return shown && near > 0 ? value + (errors[i] ?? 0) : null;
  });
}

/** Rows and the forecast ahead as columns of one length, with gaps where a column has no value. */
export function toChartData(
  rows: readonly Measurement[],
  forecast: readonly LoadPoint[],
  lengthSeconds: number,
  shown: Pick<ShownSeries, (typeof SERIES)[number]>,
): ChartData {
  const past = rows.map(endSeconds);
  const served = rows.map(throughputPerSecond);
  const base = shown.served ? served : served.map(() => 0);
  const last = past.at(-1) ?? 0;
  const ahead: number[] = [];
  for (let at = past.length === 0 ? 0 : last + 1; at <= lengthSeconds; at++) ahead.push(at);
  const gap: Column = past.map(() => null);
  const none: Column = ahead.map(() => null);
  return [
    [...past, ...ahead],
    [...(shown.served ? served : gap), ...none],
    [...base, ...none],
    [...totals(base, rows.map(errorsPerSecond), shown.errors), ...none],
    [...gap, ...(shown.forecast ? ahead.map((at) => forecastAt(forecast, at)) : none)],
  ];
}

/** The row whose window holds an instant; the last one before it in a gap. */
export function rowAt(rows: readonly Measurement[], atSeconds: number): Measurement | null {
  let low = 0;
  let high = rows.length - 1;
  let found: Measurement | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (!row) break;
    if (row.startMs / 1000 < atSeconds) {
      found = row;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return found;
}
