import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { editTopology } from '../rules/topology-edits.ts';
import { NodeSchema, parse, type TopologyNode } from './index.ts';

const common = { id: 'it', size: 'S', position: { x: 0, y: 0 } };

describe('options of elastic kinds', () => {
  it.each([
    ['serverless', 'concurrencyLimit', [1, 5_000], [0, -1, 5_001, 1.5, Number.NaN]],
    ['serverless', 'keepAliveSeconds', [0, 0.5, 3_600], [-1, 3_601, Number.NaN]],
    ['container', 'replicas', [1, 50], [0, 51, 2.5, Number.NaN]],
    ['container', 'maxReplicas', [1, 50], [0, 51, Number.POSITIVE_INFINITY]],
    ['container', 'targetUtilisation', [0.05, 1], [0, 1.01, Number.NaN]],
    ['container', 'stabilisationSeconds', [0, 3_600], [-1, 3_601]],
    ['socket-gateway', 'users', [1, 200_000], [0, 200_001, 0.5, Number.NaN]],
    ['socket-gateway', 'idleSeconds', [0, 3_600], [-1, 3_601, Number.NaN]],
  ])('of a %s: %s has bounds', (kind, option, good, bad) => {
    const isGood = (value: number) => parse(NodeSchema, { kind, ...common, [option]: value }).ok;
    expect(good.map(isGood)).toEqual(good.map(() => true));
    expect(bad.map(isGood)).toEqual(bad.map(() => false));
    expect(parse(NodeSchema, { kind, ...common }).ok).toBe(true);
  });

  it('are set by a command, which can be undone, and by none on other kinds', () => {
    const fn = { kind: 'serverless', ...common } as TopologyNode;
    const rules = { catalog: CATALOG, shop: [] };
    const command = {
      type: 'configure-node' as const,
      id: 'it',
      options: { concurrencyLimit: 7 },
    };
    const edited = editTopology({ nodes: [fn], links: [] }, command, rules);
    expect(edited).toMatchObject({ ok: true });
    if (!edited.ok) return;
    expect(edited.edit.topology.nodes).toMatchObject([{ concurrencyLimit: 7 }]);
    const [undo] = edited.edit.undo;
    expect(undo).toMatchObject({ type: 'configure-node', id: 'it' });
    const machine = { kind: 'vm-basic', ...common } as TopologyNode;
    expect(editTopology({ nodes: [machine], links: [] }, command, rules)).toMatchObject({
      refusal: { code: 'option-not-supported' },
    });
  });
});
