import { type ComparedMetric, END_TO_END, type NodeId } from '@project-devops/simulation/protocol';
import { COMPARED_FIGURES } from './compared-figures.ts';

/** What a metric is called in sentences and tables. */
export const METRIC_NAMES: Readonly<Record<ComparedMetric, string>> = {
  throughput: 'throughput',
  'mean-latency': 'mean latency',
  'p50-latency': 'p50 latency',
  'p95-latency': 'p95 latency',
  'p99-latency': 'p99 latency',
  'error-ratio': 'error ratio',
  utilisation: 'utilisation',
  'hit-ratio': 'hit ratio',
  lag: 'replication lag',
};

/** A node as reports name it. */
export function nodeName(node: NodeId): string {
  return node === END_TO_END ? 'end to end' : node;
}

/** An error's size with its unit: per cent of the measured figure, or percentage points. */
export function errorSize(metric: ComparedMetric, error: number): string {
  const unit = COMPARED_FIGURES[metric].error.kind === 'relative' ? '%' : 'points';
  return `${rounded(Math.abs(error) * 100)} ${unit}`;
}

/** The same with its sign. */
export function signedError(metric: ComparedMetric, error: number): string {
  const sign = error < 0 ? '\u2212' : '+';
  return `${sign}${errorSize(metric, error)}`;
}

/** A figure with its unit: requests/s, ms, or a ratio in per cent. */
export function figureText(metric: ComparedMetric, value: number | null): string {
  if (value === null) return '-';
  switch (metric) {
    case 'throughput':
      return `${rounded(value)}/s`;
    case 'error-ratio':
    case 'utilisation':
    case 'hit-ratio':
      return `${rounded(value * 100)} %`;
    default:
      return `${rounded(value)} ms`;
  }
}

/** Three significant digits, but whole numbers from a hundred on. */
function rounded(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
