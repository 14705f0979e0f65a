import { END_TO_END, type Measurement, type NodeId } from '@project-devops/simulation/protocol';
import { pairRows, type RowPair, type Span, spanOf } from './windows.ts';

/** Which windows are compared. */
export interface ComparedSpan {
  readonly startMs: number;
  readonly endMs: number;
  /** Start times of windows in which k6 was the limit. */
  readonly invalidWindows: ReadonlySet<number>;
}

/** All that is known of one node over the compared span. */
export interface NodeRows {
  readonly node: NodeId;
  /** Windows that both sides have. */
  readonly pairs: readonly RowPair[];
  /** Each side over the pairs; over its own rows where there is no pair; null without rows. */
  readonly predicted: Span | null;
  readonly measured: Span | null;
  /** Every measured row of the node, in or out of the span, in order. */
  readonly everMeasured: readonly Measurement[];
}

/** The rows of every node that either side knows, end to end first, then as the prediction names them. */
export function rowsByNode(
  predicted: readonly Measurement[],
  measured: readonly Measurement[],
  span: ComparedSpan,
): readonly NodeRows[] {
  const predictions = Map.groupBy(predicted, ({ node }) => node);
  const measurements = Map.groupBy(measured, ({ node }) => node);
  const nodes = new Set([END_TO_END, ...predictions.keys(), ...measurements.keys()]);
  return [...nodes].map((node) =>
    nodeRows(node, predictions.get(node) ?? [], measurements.get(node) ?? [], span),
  );
}

function nodeRows(
  node: NodeId,
  predicted: readonly Measurement[],
  everMeasured: readonly Measurement[],
  span: ComparedSpan,
): NodeRows {
  const counts = (row: Measurement) =>
    row.endMs > row.startMs &&
    row.startMs >= span.startMs &&
    row.endMs <= span.endMs &&
    !span.invalidWindows.has(row.startMs);
  const predictedRows = predicted.filter(counts);
  const measuredRows = everMeasured.filter(counts);
  const pairs = pairRows(predictedRows, measuredRows);
  const paired = pairs.length > 0;
  return {
    node,
    pairs,
    predicted: spanOf(paired ? pairs.map((pair) => pair.predicted) : predictedRows),
    measured: spanOf(paired ? pairs.map((pair) => pair.measured) : measuredRows),
    everMeasured,
  };
}
