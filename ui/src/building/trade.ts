import {
  type CatalogEntry,
  editCost,
  REFUND_RATIO,
  type SimulationEvent,
  type TopologyNode,
} from '@project-devops/simulation/protocol';
import { sizeEntry } from './offers.ts';

/** A node's worth before the first edit that an event tells of; null for events that change no worth. */
function worthBefore(event: SimulationEvent, entry: CatalogEntry): number | null {
  switch (event.type) {
    case 'node-placed':
      return 0;
    case 'node-resized':
      return sizeEntry(entry, event.from)?.price ?? null;
    case 'node-removed':
      return event.refund / REFUND_RATIO;
    default:
      return null;
  }
}

/**
 * What a node was worth when the present instant began. While time stands still only the net change
 * is paid for, so that what is taken back at once costs nothing.
 */
function worthAtStart(
  node: TopologyNode,
  entry: CatalogEntry,
  events: readonly SimulationEvent[],
  nowMs: number,
): number | null {
  let worth: number | null = null;
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (!event || event.atMs !== nowMs) break;
    if ('node' in event && event.node === node.id) worth = worthBefore(event, entry) ?? worth;
  }
  return worth;
}

/** Prices edits of one node now: takes its worth from its price to another; negative: money comes back. */
export function tradeOf(
  node: TopologyNode,
  entry: CatalogEntry,
  events: readonly SimulationEvent[],
  nowMs: number,
): (from: number, to: number) => number {
  const start = worthAtStart(node, entry, events, nowMs);
  return (from, to) => editCost(start ?? from, from, to);
}
