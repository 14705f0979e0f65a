import { describe, expect, it } from 'vitest';
import type { Topology, TopologyNode } from '../protocol/index.ts';
import { HAMLET } from '../testing/situation.ts';
import { switched, twinName, withoutNodes, withTwins, withVersion } from './twin-edits.ts';

const versionOf = ({ nodes }: Topology, id: string) =>
  nodes.flatMap((node) => (node.id === id && 'version' in node ? [node.version] : []));

describe("a twin's name", () => {
  it('is free and no longer than a name may be', () => {
    expect(twinName('web', new Set(['web']))).toBe('web-2');
    expect(twinName('web', new Set(['web', 'web-2', 'web-3']))).toBe('web-4');
    const longest = `w${'x'.repeat(31)}`;
    const first = twinName(longest, new Set([longest]));
    expect(first).toHaveLength(32);
    expect(twinName(longest, new Set([longest, first]))).not.toBe(first);
  });
});

describe('a topology with twins', () => {
  const twins = [{ old: 'web-1', twin: 'web-1-2' }];
  const options = { calls: { timeoutMs: 500 } };
  const told: Topology = {
    ...HAMLET,
    links: HAMLET.links.map((link) => ({ ...link, ...options })),
  };

  it('calls what the nodes call, in the same way, and is called by nobody before the switch', () => {
    const both = withTwins(told, twins, 'v2');
    expect(versionOf(both, 'web-1-2')).toEqual(['v2']);
    expect(versionOf(both, 'web-1')).toEqual([]);
    expect(both.links).toEqual([...told.links, { from: 'web-1-2', to: 'primary', ...options }]);
    const after = switched(both, [{ from: 'web-1', to: 'web-1-2' }]);
    expect(after.links[0]).toEqual({ from: 'clients', to: 'web-1-2', ...options });
    expect(switched(after, [{ from: 'web-1-2', to: 'web-1' }])).toEqual(both);
    expect(withoutNodes(both, ['web-1-2'])).toEqual(told);
  });

  it('leads no call to a twin that is gone', () => {
    expect(switched(told, [{ from: 'web-1', to: 'web-9' }])).toEqual(told);
  });

  it('gets the classes that a gateway sends to the node', () => {
    const gateway: TopologyNode = {
      kind: 'api-gateway',
      id: 'gateway',
      position: { x: 0, y: 0 },
      size: 'S',
      classes: { home: 'web-1', order: 'web-9' },
    };
    const routed = withTwins({ ...told, nodes: [...told.nodes, gateway] }, twins, 'v2');
    const { nodes } = switched(routed, [{ from: 'web-1', to: 'web-1-2' }]);
    expect(nodes).toContainEqual({ ...gateway, classes: { home: 'web-1-2', order: 'web-9' } });
  });

  it('is called over one link by a node that calls both', () => {
    const both = withTwins(told, twins, 'v2');
    const alsoLinked = { ...both, links: [...both.links, { from: 'clients', to: 'web-1-2' }] };
    const { links } = switched(alsoLinked, [{ from: 'web-1', to: 'web-1-2' }]);
    expect(links.filter(({ from }) => from === 'clients')).toEqual([
      { from: 'clients', to: 'web-1-2', ...options },
    ]);
  });

  it('can have a version taken back to the one without a name', () => {
    const newer = withVersion(told, 'web-1', 'v2');
    expect(versionOf(newer, 'web-1')).toEqual(['v2']);
    expect(withVersion(newer, 'web-1', null)).toEqual(told);
  });
});
