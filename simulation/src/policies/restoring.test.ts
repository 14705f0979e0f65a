import { describe, expect, it } from 'vitest';
import type { TopologyNode } from '../protocol/index.ts';
import { copyEveryMs, copyingMs } from './restoring.ts';

const position = { x: 0, y: 0 };
const primary = { kind: 'sql-primary', id: 'db', size: 'S', position } as const;
const MIB = 32;
const ITEMS = 16 * 10 * MIB;

describe('a copy', () => {
  it('is taken as often as the node says, of each kind', () => {
    const node: TopologyNode = { ...primary, snapshotSeconds: 5, backupSeconds: 90.5 };
    expect([copyEveryMs(node, 'snapshot'), copyEveryMs(node, 'backup')]).toEqual([5_000, 90_500]);
    expect(copyEveryMs({ ...node, snapshotSeconds: null }, 'snapshot')).toBeNull();
    expect(copyEveryMs(primary, 'backup')).toBeNull();
  });

  it('takes as long as the data is large: 16 MiB/s of 32 KiB an item, of a snapshot ten times as fast', () => {
    expect(copyingMs(primary, 'backup', ITEMS)).toBeCloseTo(10_000, 9);
    expect(copyingMs(primary, 'backup', 3 * ITEMS)).toBeCloseTo(30_000, 9);
    expect(copyingMs(primary, 'snapshot', ITEMS)).toBeCloseTo(1_000, 9);
  });

  it('takes as long as the node says, whatever the size', () => {
    const node: TopologyNode = { ...primary, restoreSeconds: 42 };
    expect(copyingMs(node, 'backup', ITEMS)).toBe(42_000);
    expect(copyingMs(node, 'snapshot', ITEMS)).toBeCloseTo(4_200, 9);
  });

  it('is made of all shards at once, each with its part of the data', () => {
    const node: TopologyNode = { ...primary, shards: { by: 'key', count: 4 } };
    expect(copyingMs(node, 'backup', ITEMS)).toBeCloseTo(2_500, 9);
  });
});
