import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import {
  type Link,
  type Measurement,
  NODE_KINDS,
  type NodeKind,
  type Topology,
  type TopologyNode,
} from '../protocol/index.ts';
import { begun, type Run, runs } from '../testing/random-topology.ts';

const END_MS = 2_000;

/** Rows and link figures of two windows, by name. */
function figuresOf(run: Run) {
  const simulator = begun(run);
  const of = new Map<string, unknown>();
  for (const untilMs of [END_MS / 2, END_MS]) {
    simulator.runUntil(untilMs);
    for (const row of simulator.closeWindow(run.topology, () => 0)) {
      of.set(`${row.node} until ${untilMs}`, row satisfies Measurement);
    }
    for (const view of simulator.closeLinkWindows(run.topology)) {
      of.set(`${view.from}>${view.to} until ${untilMs}`, view);
    }
  }
  return of;
}

/** The same in an order that some numbers say. */
function shuffled<T>(list: readonly T[], order: readonly number[]): T[] {
  return list
    .map((one, i) => ({ one, key: order[i % order.length] as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

const orders = fc.array(fc.nat(1_000), { minLength: 31, maxLength: 31 });

/** Links in another order in which those of a node follow each other as before: that order says whose turn is first. */
function interleaved(links: readonly Link[], order: readonly number[]): Link[] {
  const left = new Map<string, Link[]>();
  for (const link of links) left.set(link.from, [...(left.get(link.from) ?? []), link]);
  return shuffled(links, order).map(({ from }) => left.get(from)?.shift() as Link);
}

function splitByKey(node: TopologyNode): TopologyNode {
  if (node.kind !== 'sql-primary' || !node.shards) return node;
  return { ...node, shards: { ...node.shards, by: 'key' } };
}

describe('the order in which things were placed', () => {
  it('changes no measurement: of nodes, of links of different nodes, of the shares of classes', () => {
    fc.assert(
      fc.property(runs, orders, (run, order) => {
        const { nodes, links } = run.topology;
        const topology: Topology = {
          nodes: shuffled(nodes, order),
          links: interleaved(links, order),
        };
        const shares = Object.fromEntries(Object.entries(run.shares).reverse());
        const turned = figuresOf({ ...run, topology, shares });
        for (const [name, figures] of figuresOf(run)) {
          expect([name, turned.get(name)]).toEqual([name, figures]);
        }
      }),
      { seed: 55, numRuns: 50, endOnFailure: true },
    );
  });

  /**
   * Among several classes it says which part of a draw is whose, and which shard keeps whose tables, so that databases
   * are split by key here.
   */
  it('of classes changes none where one of them is asked for', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const [asked = ''] = Object.keys(run.classes);
        const classes = Object.fromEntries(Object.entries(run.classes).reverse());
        const topology = { ...run.topology, nodes: run.topology.nodes.map(splitByKey) };
        const alone = { ...run, topology, shares: { [asked]: 1 } };
        const withoutOrder = (figures: Map<string, unknown>) => [...figures];
        expect(withoutOrder(figuresOf({ ...alone, classes }))).toEqual(
          withoutOrder(figuresOf(alone)),
        );
      }),
      { seed: 56, numRuns: 20, endOnFailure: true },
    );
  });
});

const position = { x: 0, y: 0 };

/** A node of a kind beside the others, with every link from it that is allowed and does not make a pair of both. */
function spareOf(kind: NodeKind, { nodes }: Topology): { node: TopologyNode; links: Link[] } {
  const node = {
    ...{ kind, id: `spare-${kind}`, position, size: 'M' },
    ...{ eviction: 'lru', policy: 'round-robin', group: 'spare' },
  } as unknown as TopologyNode;
  const targets = nodes.filter((to) => to.kind !== kind && CATALOG[kind].linksTo.includes(to.kind));
  return { node, links: targets.map(({ id }) => ({ from: node.id, to: id })) };
}

/** Monitoring watches every node there is, so that one more is more work for it. */
describe('a node that nobody calls', () => {
  const kinds = NODE_KINDS.filter((kind) => kind !== 'clients');

  it('changes nothing at the others, alone or linked to them', () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(...kinds), fc.boolean(), (run, kind, isLinked) => {
        const { nodes, links } = run.topology;
        const spare = spareOf(kind, run.topology);
        const topology = {
          nodes: [spare.node, ...nodes],
          links: isLinked ? [...spare.links, ...links] : links,
        };
        const more = figuresOf({ ...run, topology });
        for (const [name, figures] of figuresOf(run)) {
          if (!name.startsWith('monitoring'))
            expect([name, more.get(name)]).toEqual([name, figures]);
        }
      }),
      { seed: 57, numRuns: 50, endOnFailure: true },
    );
  });

  it('changes nothing though applications are linked to it', () => {
    fc.assert(
      fc.property(runs, (drawn) => {
        const classes = Object.fromEntries(
          Object.entries(drawn.classes).map(([name, { query: _, ...one }]) => [name, one]),
        );
        const run = { ...drawn, classes };
        const { nodes, links } = run.topology;
        const { node } = spareOf('nosql', run.topology);
        const callers = nodes.filter(({ kind }) => kind.startsWith('vm-') || kind === 'container');
        const topology = {
          nodes: [...nodes, node],
          links: [...links, ...callers.map(({ id }) => ({ from: id, to: node.id }))],
        };
        const more = figuresOf({ ...run, topology });
        for (const [name, figures] of figuresOf(run)) {
          if (!name.startsWith('monitoring'))
            expect([name, more.get(name)]).toEqual([name, figures]);
        }
      }),
      { seed: 58, numRuns: 20, endOnFailure: true },
    );
  });
});
