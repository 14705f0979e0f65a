import type { CopyKind, TopologyNode } from '../protocol/index.ts';

/** What one item takes on a disk, with its indexes. */
const ITEM_KIB = 32;
/** How fast a backup goes to another place or comes back from there: a small machine and its object storage. */
const BACKUP_MIB_PER_SECOND = 16;
/** A snapshot has only what has changed moved, within the zone: this much faster than a backup. */
const SNAPSHOT_SPEED = 10;
/** Reading all data for a copy leaves this share of a machine to its other work. */
const SHARE_LEFT = 0.8;

/** Work takes so many times the CPU time while a copy is being taken. */
export const COPYING_SLOWDOWN = 1 / SHARE_LEFT;

type CopyOptions = Partial<
  Record<'snapshotSeconds' | 'backupSeconds' | 'restoreSeconds', number | null>
>;

const INTERVALS = {
  snapshot: 'snapshotSeconds',
  backup: 'backupSeconds',
} as const satisfies Record<CopyKind, keyof CopyOptions>;

/** How often a node takes copies of a kind, in milliseconds; null when it takes none. */
export function copyEveryMs(node: TopologyNode, kind: CopyKind): number | null {
  const seconds = optionsOf(node)[INTERVALS[kind]] ?? null;
  return seconds === null ? null : seconds * 1000;
}

/**
 * How long it takes to restore a copy of a node's data, or to take one. Of so many items there are; each shard of
 * a database holds its part of them, and all are copied at once.
 */
export function copyingMs(node: TopologyNode, kind: CopyKind, items: number): number {
  const { restoreSeconds } = optionsOf(node);
  const backupMs = (restoreSeconds ?? storedMiB(node, items) / BACKUP_MIB_PER_SECOND) * 1000;
  return kind === 'backup' ? backupMs : backupMs / SNAPSHOT_SPEED;
}

function storedMiB(node: TopologyNode, items: number): number {
  const machines = node.kind === 'sql-primary' ? (node.shards?.count ?? 1) : 1;
  return (items * ITEM_KIB) / 1024 / machines;
}

function optionsOf(node: TopologyNode): CopyOptions {
  return node.kind === 'sql-primary' || node.kind === 'nosql' ? node : {};
}
