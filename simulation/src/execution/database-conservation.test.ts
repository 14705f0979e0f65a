import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CONSISTENCIES,
  type Link,
  type NodeOf,
  type RequestClass,
  type Topology,
} from '../protocol/index.ts';
import { promoted } from '../rules/promotion.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { runningGame } from '../testing/game.ts';
import { CLIENTS } from '../testing/situation.ts';
import { withNode } from '../testing/small-town.ts';

const position = { x: 0, y: 0 };
type Primary = NodeOf<'sql-primary'>;
const database = (id: string): Primary => ({ kind: 'sql-primary', id, size: 'S', position });
const replica = (id: string) => ({ kind: 'sql-replica', id, size: 'S', position }) as const;

const LINKS = [
  ['clients', 'web-1'],
  ['web-1', 'left'],
  ['web-1', 'right'],
  ['web-1', 'copy-1'],
  ['left', 'right'],
  ['right', 'left'],
  ['left', 'copy-1'],
  ['right', 'copy-2'],
] as const;

const TOWN: Topology = {
  nodes: [
    CLIENTS,
    { kind: 'vm-basic', id: 'web-1', size: 'XL', position },
    database('left'),
    database('right'),
    replica('copy-1'),
    replica('copy-2'),
  ],
  links: LINKS.map(([from, to]) => ({ from, to })),
};

const base = { revenue: 1, onTimeMs: 500, timeoutMs: 3_000 };
const CLASSES: Readonly<Record<string, RequestClass>> = {
  browse: { ...base, operations: ['read'] },
  note: { ...base, operations: ['write'] },
  ...Object.fromEntries(
    CONSISTENCIES.map((consistency) => [
      consistency,
      { ...base, operations: ['write', 'write'], consistency } as const,
    ]),
  ),
};
const SHARES = Object.fromEntries(Object.keys(CLASSES).map((name) => [name, 1]));

const primaryId = fc.constantFrom('left', 'right');
const deed = fc.oneof(
  fc.record({
    do: fc.constant('restart' as const),
    id: fc.constantFrom('web-1', 'left', 'right', 'copy-1', 'copy-2'),
  }),
  fc.record({ do: fc.constant('promote' as const), id: fc.constantFrom('copy-1', 'copy-2') }),
  fc.record({ do: fc.constant('link' as const), number: fc.nat(LINKS.length - 1) }),
  fc.record({
    do: fc.constant('configure' as const),
    id: primaryId,
    options: fc.record({
      shards: fc.option(
        fc.record({
          by: fc.constantFrom('key' as const, 'class' as const),
          count: fc.integer({ min: 2, max: 5 }),
        }),
      ),
      synchronousCommit: fc.boolean(),
      synchronousReplication: fc.boolean(),
    }),
  }),
);

function after(topology: Topology, step: typeof deed extends fc.Arbitrary<infer D> ? D : never) {
  switch (step.do) {
    case 'restart':
      return topology;
    case 'promote': {
      const next = promoted(topology, step.id);
      return typeof next === 'string' ? topology : next;
    }
    case 'link': {
      const [from, to] = LINKS[step.number] as (typeof LINKS)[number];
      const others = topology.links.filter((link) => link.from !== from || link.to !== to);
      const kindOf = (id: string) => topology.nodes.find((node) => node.id === id)?.kind;
      const isAllowed = from !== to && !(kindOf(from) === 'sql-replica');
      if (others.length < topology.links.length || !isAllowed)
        return { ...topology, links: others };
      return { ...topology, links: [...others, { from, to } satisfies Link] };
    }
    case 'configure': {
      const node = topology.nodes.find(({ id }) => id === step.id) as Primary;
      return withNode(topology, { ...node, ...step.options });
    }
  }
}

it('requests are all accounted for whatever databases are told, promoted to or cut off from', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 14, size: 'max' }), fc.nat(1_000), (deeds, seed) => {
      let topology = TOWN;
      const data = { ...helloWorld.data, hotRows: 20, hotRowExponent: 1 };
      const simulator = runningGame(topology, { seed, classes: CLASSES, data });
      simulator.setLoad(60, SHARES);
      const accounts = new WindowAccounts();
      const look = () => {
        simulator.runUntil(simulator.nowMs + 700);
        expect(accounts.faultsIn(simulator.closeWindow(topology, () => 0))).toEqual([]);
      };
      for (const step of deeds) {
        look();
        if (step.do === 'restart') simulator.restart(step.id);
        topology = after(topology, step);
        simulator.setTopology(topology, true);
      }
      look();
      simulator.setLoad(0, SHARES);
      topology = { nodes: TOWN.nodes, links: TOWN.links };
      simulator.setTopology(topology, true);
      simulator.runUntil(simulator.nowMs + 120_000);
      expect(unrestIn(simulator)).toEqual([]);
      for (const { id } of TOWN.nodes) expect(simulator.unappliedWrites(id)).toBe(0);
    }),
    { seed: 4, numRuns: 40 },
  );
});
