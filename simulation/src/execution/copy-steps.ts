import type { RunningNode } from './running-node.ts';

/** A request reads an item at a node from one of its copies; a stale answer is counted. */
export function readCopy(node: RunningNode, item: number, nowMs: number): void {
  if (node.copies?.readsStale(item, nowMs)) node.consistency.add('staleReads', 1);
}

/** A request has written an item at a node; its copies follow. */
export function writeCopy(node: RunningNode, item: number, nowMs: number): void {
  node.data.write();
  node.copies?.write(item, nowMs);
}
