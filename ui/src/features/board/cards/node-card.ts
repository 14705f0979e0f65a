import type {
  Cause,
  ContainerStatus,
  Limit,
  Measurement,
  NodeView,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import type { Overlay } from '../../../building/use-board-tools.ts';
import { FAILURE_STATUS, mainCause } from './failure-status.ts';
import { type BarScale, type NodeBar, nodeBar } from './node-bar.ts';
import { type NodeLine, nodeLine } from './node-line.ts';

/** How a card looks: `hot` glows and smokes, `warn` is worth a look. */
export type Tone = 'calm' | 'warn' | 'hot';

export interface DropBadge {
  readonly status: number;
  /** Requests dropped in the last full second, for all causes. */
  readonly count: number;
  readonly cause: Cause;
}

/** All that a node's card says. */
export interface NodeCard {
  readonly line: NodeLine;
  readonly bar: NodeBar | null;
  readonly tone: Tone;
  readonly isStarting: boolean;
  readonly limit: Limit | null;
  readonly drops: DropBadge | null;
  /** Calls that wait for a row lock. */
  readonly lockWaits: number;
  readonly real: RealCard | null;
}

/** What reality adds to a card. */
export interface RealCard {
  /** As the bar of the prediction; null when there is nothing to show. */
  readonly bar: NodeBar | null;
  /** Null when no container stands for the node. */
  readonly container: ContainerStatus | null;
}

/** The newest measured row of a node, the prediction of the same window, and the state of its container. */
export interface Reality {
  readonly row: Measurement | null;
  readonly predicted: Measurement | null;
  readonly container: ContainerStatus | null;
}

function dropBadge(view: NodeView | null): DropBadge | null {
  const main = mainCause(view?.dropped ?? {});
  if (!main) return null;
  const count = Object.values(view?.dropped ?? {}).reduce((sum, one) => sum + one, 0);
  return { status: FAILURE_STATUS[main.cause], count, cause: main.cause };
}

/** True when a node is beyond what it can do: it drops requests, or its CPU, connections or backlog are full. */
export function isOverLimit(view: NodeView | null): boolean {
  const limit = view?.limitedBy?.limit ?? null;
  return mainCause(view?.dropped ?? {}) !== null || (limit !== null && limit !== 'row-locks');
}

function toneOf(view: NodeView | null, bar: NodeBar | null): Tone {
  if (isOverLimit(view)) return 'hot';
  if (view?.limitedBy || (view?.lockWaits ?? 0) > 0) return 'warn';
  return bar?.level === 'warn' || bar?.level === 'bad' ? 'warn' : 'calm';
}

/** The running cost is the game's own: containers have none. */
function realCard(
  node: TopologyNode,
  overlay: Overlay,
  scale: BarScale,
  { row, container }: Reality,
): RealCard {
  return { bar: overlay === 'cost' ? null : nodeBar(node, row, overlay, scale), container };
}

/**
 * Reads a card from the topology and the snapshot; `view` is null before the first snapshot with the
 * node. In real mode both bars are of the same window, which is some seconds old.
 */
export function nodeCard(
  node: TopologyNode,
  view: NodeView | null,
  overlay: Overlay,
  scale: BarScale,
  reality: Reality | null = null,
): NodeCard {
  const shown = reality?.predicted ?? view?.measurement ?? null;
  const bar = nodeBar(node, shown, overlay, scale);
  return {
    line: nodeLine(node, view, overlay, scale.costPerHour),
    bar,
    tone: toneOf(view, bar),
    isStarting: view?.state === 'starting',
    limit: view?.limitedBy?.limit ?? null,
    drops: dropBadge(view),
    lockWaits: view?.lockWaits ?? 0,
    real: reality && realCard(node, overlay, scale, reality),
  };
}
