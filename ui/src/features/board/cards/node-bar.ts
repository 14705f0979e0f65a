import type { Measurement, TopologyNode } from '@project-devops/simulation/protocol';
import { errorRatio } from '@project-devops/simulation/protocol';
import type { Overlay } from '../../../building/use-board-tools.ts';
import type { Limits } from '../links/link-style.ts';

/** Level of a figure: what the bar's colour says. `plain` judges nothing. */
export type Level = 'plain' | 'good' | 'warn' | 'bad';

/** The bar on a card: filled to `share`, 0 to 1. */
export interface NodeBar {
  readonly share: number;
  readonly level: Level;
}

/** What the bar is compared with. */
export interface BarScale extends Limits {
  /** Running cost of the node by the catalog, and of the whole topology. */
  readonly costPerHour: number;
  readonly totalCostPerHour: number;
}

const WARM_UTILISATION = 0.7;
const HOT_UTILISATION = 0.9;
/** The error bar is full at this many times the stage's threshold. */
const FULL_ERROR_BAR = 4;

function levelOf(value: number, warnFrom: number, badFrom: number): Level {
  if (value >= badFrom) return 'bad';
  return value >= warnFrom ? 'warn' : 'good';
}

function share(value: number): number {
  return Math.max(0, Math.min(1, value));
}

function loadBar(utilisation: number | null): NodeBar | null {
  if (utilisation === null) return null;
  return {
    share: share(utilisation),
    level: levelOf(utilisation, WARM_UTILISATION, HOT_UTILISATION),
  };
}

function latencyBar(p95Ms: number | null, { onTimeMs }: BarScale): NodeBar | null {
  if (p95Ms === null) return null;
  return { share: share(p95Ms / onTimeMs), level: levelOf(p95Ms, onTimeMs / 2, onTimeMs) };
}

function errorBar(ratio: number | null, { maxErrorRatio }: BarScale): NodeBar | null {
  if (ratio === null) return null;
  const full = Math.min(1, maxErrorRatio * FULL_ERROR_BAR);
  const level = ratio === 0 ? 'good' : ratio > maxErrorRatio ? 'bad' : 'warn';
  return { share: full === 0 ? share(ratio) : share(ratio / full), level };
}

/**
 * The bar of a node's card: used CPU; p95 against the time after which requests are late; errors
 * against the stage's threshold, by the given row; or its part of the running cost. Null when there is nothing to show.
 */
export function nodeBar(
  node: TopologyNode,
  row: Measurement | null,
  overlay: Overlay,
  scale: BarScale,
): NodeBar | null {
  switch (overlay) {
    case 'load':
      return loadBar(row?.utilisation ?? null);
    case 'latency':
      return latencyBar(row?.latency.p95Ms ?? null, scale);
    case 'errors':
      return errorBar(row && errorRatio(row), scale);
    case 'cost':
      if (node.kind === 'clients' || scale.totalCostPerHour === 0) return null;
      return { share: share(scale.costPerHour / scale.totalCostPerHour), level: 'plain' };
  }
}
