import {
  type Measurement,
  type Scorecard,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';
import { mergeRows } from '../../comparison/merge-rows.ts';
import { cellsOf, scorecardMarkdown } from '../../comparison/scorecard-markdown.ts';
import type { RealMeasurement } from '../../real/measure-reality.ts';
import type { MeasuredSecond } from '../../real/measuring.ts';
import type { Output } from './arguments.ts';

/** A run's scorecard, with the rows that it was made from over the whole measured time. */
export interface RealReport {
  readonly file: string;
  /** Where load and classes come from and what to beware of, one sentence each. */
  readonly notes: readonly string[];
  readonly scorecard: Scorecard;
  /** One row a node over all windows, end to end first. */
  readonly predicted: readonly Measurement[];
  readonly measured: readonly Measurement[];
}

export const FORMATTERS = {
  table: tableOf,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: ({ scorecard }) => scorecardMarkdown(scorecard),
} satisfies Record<Output, (report: RealReport) => string>;

/** Rows of a node in one, those of seconds in which k6 was the limit too. */
export function wholeRows(rows: readonly Measurement[]): readonly Measurement[] {
  return [...Map.groupBy(rows, ({ node }) => node).values()].map(mergeRows);
}

/** What happens, in one line: simulated time and what is served. */
export function secondLine(second: MeasuredSecond, warmupMs: number, totalMs: number): string {
  const [service] = second.rows;
  const done = Math.max(0, Math.round((second.startMs + 1_000 - warmupMs) / 1000));
  const whole = Math.round((totalMs - warmupMs) / 1000);
  const served = service === undefined ? '-' : throughputPerSecond(service).toFixed(1);
  const p50 = service?.latency.p50Ms?.toFixed(1) ?? '-';
  const limit = second.valid ? '' : ' · k6 is the limit';
  return `${done} of ${whole} s · served ${served}/s · p50 ${p50} ms${limit}`;
}

/** What has to be said about a measurement before its figures. */
export function warningsOf({ measured }: RealMeasurement): string[] {
  const invalid = measured.filter(({ valid }) => !valid).length;
  if (invalid === 0) return [];
  return [
    `In ${invalid} of ${measured.length} seconds k6 could not offer the load; they are not compared. Offer less (--rate, --scale) or close other programs.`,
  ];
}

const TITLES = ['where', 'figure', 'predicted', 'measured', 'error', 'bias', 'mean abs.'];
/** Columns that hold words, which stand at the left. */
const WORDS = 2;

function tableOf({ file, notes, scorecard }: RealReport): string {
  const { grade, validWindows, lines, provenance } = scorecard;
  const { profile, scale } = provenance;
  const header = [
    `${file} for real, at scale 1/${scale}, ${validWindows} seconds compared`,
    ...notes,
    `Predicted with the profile ${profile.name} (${profile.measuredOn ?? 'not calibrated'}).`,
    `Grade ${grade.grade ?? '-'}. ${grade.reason}`,
    '',
  ];
  return [...header, ...gridOf([TITLES, ...lines.map(cellsOf)])]
    .map((line) => `${line}\n`)
    .join('');
}

function gridOf(rows: readonly (readonly string[])[]): string[] {
  const widths = TITLES.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, i) => (i < WORDS ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
}
