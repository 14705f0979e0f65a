import {
  COMPARED,
  type ComparedMetric,
  type LineState,
  type ScorecardLine,
} from '@project-devops/simulation/protocol';
import { COMPARED_FIGURES, type ComparedFigure, errorOf, severityOf } from './compared-figures.ts';
import type { NodeRows } from './node-rows.ts';
import { type RowPair, type Span, spanOf, subWindows } from './windows.ts';

export interface LineOptions {
  /** The present, in simulated time: ages are told from here. */
  readonly nowMs: number;
  readonly subWindowMs: number;
}

/** A line for each figure that applies to the node. */
export function linesOf(rows: NodeRows, options: LineOptions): readonly ScorecardLine[] {
  return COMPARED.flatMap((metric) => lineOf(rows, metric, options) ?? []);
}

/** Lines with the largest share of their tolerance first, then those without an error, as they came. */
export function worstFirst(lines: readonly ScorecardLine[]): readonly ScorecardLine[] {
  return lines.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** How much of its tolerance a line's error takes (see `severityOf`); null when it was not compared. */
export function lineSeverity(line: ScorecardLine): number | null {
  return line.error === null ? null : severityOf(COMPARED_FIGURES[line.metric], line.error);
}

const UNCOMPARED_RANK = { compared: 0, 'no-data': 1, 'too-few': 2, 'not-modelled': 3 };

function rankOf(line: ScorecardLine): number {
  const severity = lineSeverity(line);
  return severity === null ? UNCOMPARED_RANK[line.state.state] : -severity;
}

function lineOf(
  rows: NodeRows,
  metric: ComparedMetric,
  options: LineOptions,
): ScorecardLine | null {
  const figure = COMPARED_FIGURES[metric];
  const predicted = figureOver(figure, rows.predicted);
  const measured = figureOver(figure, rows.measured);
  const base = { node: rows.node, metric, predicted, measured };
  const without = (state: LineState): ScorecardLine => ({
    ...base,
    error: null,
    bias: null,
    meanAbsoluteError: null,
    state,
  });
  const samples = fewestSamples(figure, rows.predicted, rows.measured);
  if (rows.pairs.length > 0 && samples !== null && samples < figure.minSamples) {
    return without({ state: 'too-few', samples });
  }
  if (predicted === null) return measured === null ? null : without({ state: 'not-modelled' });
  if (measured === null || rows.pairs.length === 0) {
    return without({ state: 'no-data', ageMs: ageOf(figure, rows, options.nowMs) });
  }
  return {
    ...base,
    error: errorOf(figure, predicted, measured),
    ...steadiness(figure, rows.pairs, options.subWindowMs),
    state: { state: 'compared' },
  };
}

/** Bias and mean absolute error over the sub-windows that hold enough samples. */
function steadiness(figure: ComparedFigure, pairs: readonly RowPair[], lengthMs: number) {
  const errors = subWindows(pairs, lengthMs).flatMap((group) => errorOver(figure, group) ?? []);
  if (errors.length === 0) return { bias: null, meanAbsoluteError: null };
  return { bias: mean(errors), meanAbsoluteError: mean(errors.map(Math.abs)) };
}

function errorOver(figure: ComparedFigure, pairs: readonly RowPair[]): number | null {
  const predictedSpan = spanOf(pairs.map((pair) => pair.predicted));
  const measuredSpan = spanOf(pairs.map((pair) => pair.measured));
  const samples = fewestSamples(figure, predictedSpan, measuredSpan);
  if (samples !== null && samples < figure.minSamples) return null;
  const predicted = figureOver(figure, predictedSpan);
  const measured = figureOver(figure, measuredSpan);
  return predicted === null || measured === null ? null : errorOf(figure, predicted, measured);
}

function fewestSamples(figure: ComparedFigure, ...spans: readonly (Span | null)[]): number | null {
  const counts = spans.flatMap((span) => (span === null ? [] : (figure.samples(span) ?? [])));
  return counts.length === 0 ? null : Math.min(...counts);
}

/** Age of the newest measured window that told the figure; null when none ever did. */
function ageOf(figure: ComparedFigure, { everMeasured }: NodeRows, nowMs: number): number | null {
  const newest = everMeasured.findLast((row) => figureOver(figure, spanOf([row])) !== null);
  return newest === undefined ? null : Math.max(0, nowMs - newest.endMs);
}

function figureOver(figure: ComparedFigure, span: Span | null): number | null {
  return span === null ? null : figure.value(span);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
