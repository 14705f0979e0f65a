import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import {
  type Link,
  MAX_LINKS,
  MAX_NODES,
  type RefusalCode,
  type Topology,
  type TopologyNode,
} from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { SMALL_TOWN, withoutLink } from '../testing/small-town.ts';
import { editTopology, sizeEntryOf, sizeOf, type TopologyCommand } from './topology-edits.ts';

const position = { x: 5, y: 6 };
const rules = { catalog: CATALOG, shop: helloWorld.shop };
const vm = (id: string): TopologyNode => ({ kind: 'vm-basic', id, size: 'S', position });

const full: Topology = {
  nodes: Array.from({ length: MAX_NODES }, (_, i) => vm(`n${i}`)),
  links: [],
};
/** As many links as may be, among servers and databases. */
const tangled: Topology = {
  nodes: [
    ...Array.from({ length: 50 }, (_, i) => vm(`n${i}`)),
    ...Array.from(
      { length: 41 },
      (_, i): TopologyNode => ({ ...vm(`d${i}`), kind: 'sql-replica' }) as TopologyNode,
    ),
  ],
  links: Array.from(
    { length: MAX_LINKS },
    (_, i): Link => ({ from: `n${i % 50}`, to: `d${Math.floor(i / 50)}` }),
  ),
};

const place = (node: TopologyNode): TopologyCommand => ({ type: 'place-node', node });
const resize = (id: string, size: 'S' | 'M'): TopologyCommand => ({
  type: 'resize-node',
  id,
  size,
});
const connect = (from: string, to: string): TopologyCommand => ({ type: 'connect', from, to });
const clone = (id: string, newId: string): TopologyCommand => ({
  type: 'clone-node',
  id,
  newId,
  position,
});

const CALLS = { timeoutMs: 50, maxConcurrent: 10 };
const configureLink = (
  from: string,
  options: { weight?: number | null; calls?: typeof CALLS | null },
): TopologyCommand => ({ type: 'configure-link', from, to: 'cache', options });
/** The town with call options on one link. */
const GUARDED_TOWN = edited(SMALL_TOWN, configureLink('web-2', { calls: CALLS })).topology;

function edited(topology: Topology, command: TopologyCommand) {
  const result = editTopology(topology, command, rules);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.edit;
}

describe('an edit is refused', () => {
  it.each<[RefusalCode, Topology, TopologyCommand, string]>([
    ['unknown-node', SMALL_TOWN, { type: 'remove-node', id: 'x' }, 'x'],
    ['unknown-node', SMALL_TOWN, { type: 'move-node', id: 'x', position }, 'x'],
    ['unknown-node', SMALL_TOWN, resize('x', 'M'), 'x'],
    ['unknown-node', SMALL_TOWN, clone('x', 'y'), 'x'],
    ['unknown-node', SMALL_TOWN, { type: 'configure-node', id: 'x', options: {} }, 'x'],
    ['unknown-node', SMALL_TOWN, connect('x', 'web-1'), 'x'],
    ['unknown-node', SMALL_TOWN, connect('web-1', 'x'), 'x'],
    ['duplicate-node', SMALL_TOWN, place(vm('web-1')), 'web-1'],
    ['duplicate-node', SMALL_TOWN, clone('web-1', 'web-2'), 'web-2'],
    ['too-many-nodes', full, place(vm('x')), 'x'],
    ['too-many-nodes', full, clone('n1', 'x'), 'x'],
    ['not-for-sale', SMALL_TOWN, place({ kind: 'clients', id: 'x', position }), 'x'],
    ['not-for-sale', SMALL_TOWN, clone('clients', 'x'), 'x'],
    ['same-node', SMALL_TOWN, connect('web-1', 'web-1'), 'web-1'],
    ['duplicate-link', SMALL_TOWN, connect('web-1', 'cache'), 'web-1>cache'],
    ['too-many-links', tangled, connect('n0', 'd40'), 'n0>d40'],
    ['too-many-links', tangled, clone('n0', 'x'), 'x'],
    ['link-not-allowed', SMALL_TOWN, connect('cache', 'web-1'), 'cache>web-1'],
    ['no-connections-left', SMALL_TOWN, connect('clients', 'web-1'), 'clients'],
    ['unknown-link', SMALL_TOWN, { type: 'disconnect', from: 'cache', to: 'web-1' }, 'cache>web-1'],
    ['unknown-link', SMALL_TOWN, configureLink('primary', { calls: CALLS }), 'primary>cache'],
    ['unchanged', GUARDED_TOWN, configureLink('web-2', { calls: CALLS }), 'web-2>cache'],
    ['unchanged', GUARDED_TOWN, configureLink('web-1', { calls: null }), 'web-1>cache'],
    ['option-not-supported', SMALL_TOWN, configureLink('web-1', { weight: 2 }), 'web-1>cache'],
    ['not-removable', SMALL_TOWN, { type: 'remove-node', id: 'clients' }, 'clients'],
    ['not-resizable', SMALL_TOWN, resize('clients', 'M'), 'clients'],
    ['unchanged', SMALL_TOWN, resize('web-1', 'S'), 'web-1'],
    [
      'unchanged',
      SMALL_TOWN,
      { type: 'move-node', id: 'web-1', position: { x: 0, y: 0 } },
      'web-1',
    ],
    [
      'unchanged',
      SMALL_TOWN,
      { type: 'configure-node', id: 'cache', options: { eviction: 'lru' } },
      'cache',
    ],
    [
      'option-not-supported',
      SMALL_TOWN,
      { type: 'configure-node', id: 'cache', options: {} },
      'cache',
    ],
    [
      'option-not-supported',
      SMALL_TOWN,
      { type: 'configure-node', id: 'web-1', options: { policy: 'round-robin' } },
      'web-1',
    ],
  ])('as %s', (code, topology, command, subject) => {
    const result = editTopology(topology, command, rules);
    expect(result).toMatchObject({ ok: false, refusal: { code, subject } });
  });

  it('when the shop does not have the kind', () => {
    const command = place(vm('x'));
    const result = editTopology(SMALL_TOWN, command, { catalog: CATALOG, shop: ['cache'] });
    expect(result).toMatchObject({
      refusal: { code: 'not-for-sale', details: { kind: 'vm-basic' } },
    });
  });
});

describe('an accepted edit', () => {
  it.each<[string, TopologyCommand]>([
    ['place', place(vm('x'))],
    ['clone', clone('web-1', 'x')],
    ['remove', { type: 'remove-node', id: 'web-1' }],
    ['move', { type: 'move-node', id: 'web-1', position }],
    ['resize', resize('web-1', 'M')],
    ['configure', { type: 'configure-node', id: 'balancer', options: { policy: 'round-robin' } }],
    ['connect', connect('primary', 'replica')],
    ['disconnect', { type: 'disconnect', from: 'web-1', to: 'cache' }],
    ['configure a link', configureLink('web-1', { calls: CALLS })],
    ['take an option from a link', configureLink('web-2', { calls: null })],
    [
      'weigh a link',
      { type: 'configure-link', from: 'balancer', to: 'web-1', options: { weight: 3 } },
    ],
    ['disconnect a link with options', { type: 'disconnect', from: 'web-2', to: 'cache' }],
    ['remove a node with a link with options', { type: 'remove-node', id: 'web-2' }],
    ['clone a node with a link with options', clone('web-2', 'x')],
  ])('is taken back by its undo, and leaves the topology it was given: %s', (_, command) => {
    const start =
      command.type === 'connect' ? withoutLink(GUARDED_TOWN, 'primary', 'replica') : GUARDED_TOWN;
    const before = structuredClone(start);
    const { topology, undo } = edited(start, command);
    expect(start).toEqual(before);
    expect(topology).not.toEqual(before);
    const restored = undo.reduce<Topology>(
      (now, back) => edited(now, back as TopologyCommand).topology,
      topology,
    );
    expect(sorted(restored)).toEqual(sorted(before));
  });

  it('that clones a node links the copy as the original', () => {
    const { topology } = edited(SMALL_TOWN, clone('web-1', 'web-3'));
    const ends = (id: string) =>
      topology.links.filter((l) => l.from === id || l.to === id).map((l) => `${l.from}>${l.to}`);
    expect(ends('web-3').sort()).toEqual(
      ends('web-1')
        .map((key) => key.replace('web-1', 'web-3'))
        .sort(),
    );
    expect(topology.nodes.at(-1)).toEqual({ ...vm('web-3'), position });
  });

  it('that clones a node gives the copy’s links the same options', () => {
    const { topology } = edited(GUARDED_TOWN, clone('web-2', 'web-3'));
    const link = topology.links.find(({ from, to }) => from === 'web-3' && to === 'cache');
    expect(link?.calls).toEqual(CALLS);
  });

  it('that takes the last option of a link away leaves it as it was drawn', () => {
    const { topology } = edited(GUARDED_TOWN, configureLink('web-2', { calls: null }));
    expect(topology).toEqual(SMALL_TOWN);
  });

  it('that clones a node leaves out links that their other end has no room for', () => {
    const { topology } = edited(helloWorld.topology, clone('web-1', 'web-2'));
    expect(topology.links).toEqual([
      ...helloWorld.topology.links,
      { from: 'web-2', to: 'primary' },
    ]);
  });

  it('that removes a node cuts its links', () => {
    const { topology } = edited(SMALL_TOWN, { type: 'remove-node', id: 'cache' });
    expect(topology.links.some(({ from, to }) => from === 'cache' || to === 'cache')).toBe(false);
    expect(topology.links).toHaveLength(SMALL_TOWN.links.length - 2);
  });
});

describe('the size of a node', () => {
  it('has the catalog’s figures, and clients have none', () => {
    const [clients, , web] = SMALL_TOWN.nodes as [TopologyNode, TopologyNode, TopologyNode];
    expect([sizeOf(clients), sizeOf(web)]).toEqual([null, 'S']);
    expect(sizeEntryOf(clients, CATALOG)).toBeNull();
    expect(sizeEntryOf(web, CATALOG)).toMatchObject({ size: 'S', cpuMillicores: 250, price: 60 });
  });
});

function sorted({ nodes, links }: Topology) {
  return {
    nodes: [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    links: [...links].sort((a, b) => (`${a.from}>${a.to}` < `${b.from}>${b.to}` ? -1 : 1)),
  };
}
