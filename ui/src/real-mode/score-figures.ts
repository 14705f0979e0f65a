import type { ComparedMetric } from '@project-devops/simulation/protocol';
import type { Format } from '../composables/format.ts';

type Quantity = 'rate' | 'time' | 'ratio';

const QUANTITIES = {
  throughput: 'rate',
  'mean-latency': 'time',
  'p50-latency': 'time',
  'p95-latency': 'time',
  'p99-latency': 'time',
  'error-ratio': 'ratio',
  utilisation: 'ratio',
  'hit-ratio': 'ratio',
  lag: 'time',
} as const satisfies Record<ComparedMetric, Quantity>;

/** From this error on a line is shown as one that is off: 5 %, or 5 points of a ratio. */
const OFF_FROM = 0.05;

export const isOff = (error: number | null): boolean =>
  error !== null && Math.abs(error) >= OFF_FROM;

/** A compared figure with its unit; `perSecond` is the language's unit of rates. */
export function figureText(
  metric: ComparedMetric,
  value: number,
  format: Format,
  perSecond: string,
): string {
  switch (QUANTITIES[metric]) {
    case 'rate':
      return `${format.number(value, value < 100 ? 1 : 0)} ${perSecond}`;
    case 'time':
      return format.duration(value);
    case 'ratio':
      return format.percent(value);
  }
}

/** An error with its sign: in percent of what was measured, or in points of a ratio; `points` is the language's word for those. */
export function errorText(
  metric: ComparedMetric,
  error: number,
  format: Format,
  points: string,
): string {
  const percent = error * 100;
  const text = format.number(percent, Math.abs(percent) < 10 ? 1 : 0);
  const signed = percent > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  return `${signed} ${QUANTITIES[metric] === 'ratio' ? points : '%'}`;
}
