import type { Overlay } from '../../../building/use-board-tools.ts';
import type { LinkItem } from './link-scene.ts';

export type LinkTone = 'plain' | 'good' | 'warn' | 'bad' | 'hovered' | 'selected';

/** Thresholds of the stage that turn a figure into a colour. */
export interface Limits {
  /** Time after which a request is late. */
  readonly onTimeMs: number;
  /** Error ratio up to which the service counts as up. */
  readonly maxErrorRatio: number;
}

/** Width of a link in board units: wider with each tenfold of calls. */
export function linkWidth(callsPerSecond: number): number {
  return Math.min(5.5, 1.4 + Math.log10(1 + callsPerSecond) * 1.3);
}

function errorTone(item: LinkItem, { maxErrorRatio }: Limits): LinkTone {
  if (item.failedPerSecond === 0) return 'plain';
  return item.flow.failedShare > maxErrorRatio ? 'bad' : 'warn';
}

/** The colour of a link that is neither chosen nor pointed at. */
export function linkTone(item: LinkItem, overlay: Overlay, limits: Limits): LinkTone {
  if (overlay === 'errors') return errorTone(item, limits);
  if (overlay !== 'latency' || item.meanMs === null) return 'plain';
  if (item.meanMs > limits.onTimeMs) return 'bad';
  return item.meanMs > limits.onTimeMs / 2 ? 'warn' : 'good';
}
