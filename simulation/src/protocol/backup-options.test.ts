import { describe, expect, it } from 'vitest';
import { CommandSchema } from './command.ts';
import { parse } from './parse.ts';
import { NodeSchema, type TopologyNode } from './topology.ts';

const common = { id: 'n', size: 'S', position: { x: 0, y: 0 } } as const;
const DATABASES: readonly TopologyNode[] = [
  { kind: 'sql-primary', ...common },
  { kind: 'nosql', ...common },
];
const OPTIONS = ['snapshotSeconds', 'backupSeconds', 'restoreSeconds'] as const;

describe.each(DATABASES)('backups of a $kind', (node) => {
  it('are taken at intervals, or not at all', () => {
    const copies = { snapshotSeconds: 1, backupSeconds: 86_400, restoreSeconds: 0.1 };
    for (const options of [
      copies,
      { ...copies, snapshotSeconds: null, restoreSeconds: null },
      {},
    ]) {
      expect(parse(NodeSchema, { ...node, ...options }).ok).toBe(true);
      const command = { type: 'configure-node', id: node.id, options };
      expect(parse(CommandSchema, command).ok).toBe(true);
    }
  });

  it.each(OPTIONS)('take a %s within bounds only', (name) => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 86_401, 1e300, '60', true]) {
      const problems = parse(NodeSchema, { ...node, [name]: value });
      expect(problems, `${name} ${value}`).toMatchObject({
        ok: false,
        problems: [{ path: expect.stringContaining(name) }],
      });
    }
  });
});

describe('backups', () => {
  it.each(['sql-replica', 'queue', 'cache', 'vm-basic'])('are no option of a %s', (kind) => {
    const node = { kind, ...common, ...(kind === 'cache' ? { eviction: 'lru' } : {}) };
    expect(parse(NodeSchema, node).ok).toBe(true);
    expect(parse(NodeSchema, { ...node, backupSeconds: 60 }).ok).toBe(false);
  });
});
