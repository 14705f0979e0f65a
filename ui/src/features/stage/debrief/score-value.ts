import type { ScorePartName } from '@project-devops/simulation/protocol';
import type { Format } from '../../../composables/format.ts';

/** A share with two decimals: near 100 % they are what matters. */
export function preciseShare(ratio: number, format: Format): string {
  return `${format.number(ratio * 100, 2)} %`;
}

/** Writes a part's value or target in its unit; `perSecond` adds the unit of a rate. */
export function scoreValue(
  part: ScorePartName,
  value: number,
  format: Format,
  perSecond: (value: string) => string,
): string {
  switch (part) {
    case 'throughput':
      return perSecond(format.number(value, 1));
    case 'mean-latency':
    case 'p95-latency':
      return format.duration(value);
    case 'uptime':
      return preciseShare(value, format);
    case 'cost':
      return format.money(value);
  }
}
