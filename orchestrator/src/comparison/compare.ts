import {
  END_TO_END,
  type Measurement,
  type Provenance,
  type Scorecard,
} from '@project-devops/simulation/protocol';
import { gradeOf } from './grade.ts';
import { type NodeRows, rowsByNode } from './node-rows.ts';
import { linesOf, worstFirst } from './scorecard-lines.ts';

/** Length of the compared span unless asked otherwise. */
const SPAN_MS = 60_000;
/**
 * Bias and mean absolute error are taken over windows of this length: at ten requests a second one holds
 * the hundred requests that a p95 needs, and a span of a minute still has six of them.
 */
const SUB_WINDOW_MS = 10_000;

export interface CompareOptions {
  readonly provenance: Provenance;
  /** The present in simulated time, from which ages are told; the end of the newest row unless given. */
  readonly nowMs?: number;
  /** Start times of windows in which k6 was the limit: they are counted, not compared. */
  readonly invalidWindows?: ReadonlySet<number>;
  /** Nothing before this is compared (the warm-up, say). */
  readonly fromMs?: number;
  /** The newest so many milliseconds are compared, a minute unless given. */
  readonly spanMs?: number;
}

/**
 * Lays the measured rows beside the predicted ones. Only windows that both sides have (same beginning and
 * end in simulated time) and in which k6 kept up are compared; the span ends with the newest of them.
 * Rows may come in any order and may hold older windows.
 */
export function compare(
  predicted: readonly Measurement[],
  measured: readonly Measurement[],
  options: CompareOptions,
): Scorecard {
  const { provenance, invalidWindows = new Set(), fromMs = 0, spanMs = SPAN_MS } = options;
  const nowMs = options.nowMs ?? newestEnd(predicted, measured);
  const endMs = newestShared(predicted, measured) ?? nowMs;
  const startMs = Math.max(0, fromMs, endMs - spanMs);
  const nodes = rowsByNode(predicted, measured, { startMs, endMs, invalidWindows });
  const lines = nodes.flatMap((rows) => linesOf(rows, { nowMs, subWindowMs: SUB_WINDOW_MS }));
  const service = nodes.find(({ node }) => node === END_TO_END);
  return {
    format: 'project-devops/scorecard@1',
    startMs,
    endMs,
    validWindows: service?.pairs.length ?? 0,
    invalidWindows: [...invalidWindows].filter((at) => at >= startMs && at < endMs).length,
    lines: worstFirst(lines),
    grade: gradeOf(lines, coveredMs(service)),
    provenance,
  };
}

/** End of the newest window that both sides tell of the whole service. */
function newestShared(
  predicted: readonly Measurement[],
  measured: readonly Measurement[],
): number | null {
  const ends = new Set(predicted.filter(isService).map(({ endMs }) => endMs));
  return measured
    .filter(isService)
    .reduce<number | null>(
      (newest, { endMs }) => (ends.has(endMs) && endMs > (newest ?? 0) ? endMs : newest),
      null,
    );
}

function newestEnd(...sides: readonly (readonly Measurement[])[]): number {
  return sides.flat().reduce((newest, { endMs }) => Math.max(newest, endMs), 0);
}

function isService({ node }: Measurement): boolean {
  return node === END_TO_END;
}

function coveredMs(rows: NodeRows | undefined): number {
  return rows === undefined || rows.pairs.length === 0 ? 0 : (rows.measured?.coveredMs ?? 0);
}
