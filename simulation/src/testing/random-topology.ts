import fc from 'fast-check';
import { CATALOG } from '../components/catalog.ts';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { Simulator } from '../execution/simulator.ts';
import { KINDS } from '../game-kinds.ts';
import {
  APPLICATION_OPERATIONS,
  CONSISTENCIES,
  CREDENTIALS,
  HOSTILITIES,
  type Link,
  NODE_KINDS,
  NODE_SCHEMAS,
  type NodeKind,
  OPERATIONS,
  type Profile,
  QUERIES,
  type RequestClass,
  type Scenario,
  type Topology,
  type TopologyNode,
} from '../protocol/index.ts';
import { type CallOptions, CallOptionsSchema } from '../protocol/link-options.ts';
import { valuesOf } from './schema-values.ts';

/** A topology with what is asked of it. */
export interface Run {
  readonly topology: Topology;
  readonly classes: Readonly<Record<string, RequestClass>>;
  readonly shares: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly arrivals: Scenario['arrivals'];
  readonly profile: Profile;
  readonly seed: number;
}

export const RUN_DATA: Scenario['data'] = {
  items: 200,
  zipfExponent: 0.8,
  hotRows: 50,
  hotRowExponent: 0.8,
};

const position = { x: 0, y: 0 };
/** Links beyond so many say again what the first say: an odd number, so that no two nodes are alike in all. */
const MOST_CHOICES = 61;

/** Options that are set here, or by what a run is about. */
const NOT_DRAWN = ['kind', 'id', 'position', 'version', 'classes'];

/** How many nodes of a kind there may be, the usual number more often. */
function countsOf(kind: NodeKind): readonly number[] {
  return kind === 'clients' ? [1] : [1, 1, 2, 0];
}

/** Any options of a kind that its schema allows. */
function optionsOf(kind: NodeKind): fc.Arbitrary<object> {
  const { properties, required } = NODE_SCHEMAS[kind];
  const names = Object.keys(properties).filter((name) => !NOT_DRAWN.includes(name));
  const values = names.map((name) => [name, valuesOf(Reflect.get(properties, name))]);
  const requiredKeys = names.filter((name) => (required as readonly string[]).includes(name));
  return fc.record(Object.fromEntries(values), { requiredKeys } as object);
}

/** Few messages, as only one kind of node takes them. */
const operation = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...APPLICATION_OPERATIONS) },
  { weight: 1, arbitrary: fc.constantFrom(...OPERATIONS) },
);

const usersClass: fc.Arbitrary<RequestClass> = fc.record(
  {
    operations: fc.array(operation, { minLength: 1, maxLength: 4 }),
    revenue: fc.constant(1),
    onTimeMs: fc.integer({ min: 5, max: 500 }),
    timeoutMs: fc.integer({ min: 50, max: 1_900 }),
    deferrable: fc.boolean(),
    consistency: fc.constantFrom(...CONSISTENCIES),
    messageKiB: fc.integer({ min: 1, max: 64 }),
    query: fc.constantFrom(...QUERIES),
    credential: mostly(4, fc.constant('key' as const), fc.constantFrom(...CREDENTIALS)),
  },
  { requiredKeys: ['operations', 'revenue', 'onTimeMs', 'timeoutMs'] },
);
const hostileClass = fc
  .tuple(usersClass, fc.constantFrom(...HOSTILITIES))
  .map(([of, hostile]) => ({ ...of, hostile }));
const requestClass = mostly(6, usersClass, hostileClass);

/** Whether a link that may be drawn is drawn, and what it says. */
const linkChoice = fc.record({
  isDrawn: mostly(6, fc.constant(true), fc.constant(false)),
  calls: mostly(4, fc.constant({}), valuesOf(CallOptionsSchema)),
  weight: mostly(2, fc.constant(null), fc.integer({ min: 1, max: 4 })),
});
type LinkChoice = typeof linkChoice extends fc.Arbitrary<infer T> ? T : never;

function mostly<A, B>(weight: number, usual: fc.Arbitrary<A>, other: fc.Arbitrary<B>) {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });
}

const drawn = fc.record({
  nodes: fc.tuple(
    ...NODE_KINDS.map((kind) =>
      fc
        .tuple(fc.constantFrom(...countsOf(kind)), optionsOf(kind), optionsOf(kind))
        .map(([count, ...options]) => options.slice(0, count)),
    ),
  ),
  links: fc.array(linkChoice, { minLength: MOST_CHOICES, maxLength: MOST_CHOICES }),
  entrance: fc.nat(),
  classes: fc.array(requestClass, { minLength: 1, maxLength: 4 }),
  shares: fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 5 }))),
  /** Whether gateways send the first class to a node of its own. */
  isRouted: fc.boolean(),
  perSecond: fc.integer({ min: 5, max: 80 }),
  arrivals: fc.constantFrom('poisson' as const, 'uniform' as const),
  zoneLatencyMs: fc.constantFrom(0, 1),
  seed: fc.nat(4_294_967_295),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** Runs over any nodes with any options, linked in any way the catalog allows. */
export const runs: fc.Arbitrary<Run> = drawn.map((of) => {
  const classes = of.classes.map((one, i) => [`class-${i + 1}`, one] as const);
  return {
    topology: topologyOf(of),
    classes: Object.fromEntries(classes),
    shares: Object.fromEntries(classes.map(([name], i) => [name, of.shares[i] as number])),
    perSecond: of.perSecond,
    arrivals: of.arrivals,
    profile: { ...DEFAULT_PROFILE, zoneLatencyMs: of.zoneLatencyMs },
    seed: of.seed,
  };
});

function topologyOf(of: Drawn): Topology {
  const nodes = of.nodes.flatMap((list, i) => {
    const kind = NODE_KINDS[i] as NodeKind;
    return list.map((options, n) => ({ kind, id: `${kind}-${n + 1}`, position, ...options }));
  }) as TopologyNode[];
  const allowed = nodes.flatMap((from) =>
    nodes.filter((to) => from.kind !== 'clients' && mayLead(from, to)).map((to) => ({ from, to })),
  );
  const links = allowed.flatMap(({ from, to }, i) =>
    linkOf(from, to, of.links[i % MOST_CHOICES] as LinkChoice),
  );
  const clients = nodes.find(({ kind }) => kind === 'clients') as TopologyNode;
  const entrances = nodes.filter((to) => mayLead(clients, to));
  const entrance = entrances[of.entrance % Math.max(1, entrances.length)];
  const all = entrance === undefined ? links : [{ from: clients.id, to: entrance.id }, ...links];
  return { nodes: of.isRouted ? nodes.map((node) => routed(node, all)) : nodes, links: all };
}

function mayLead(from: TopologyNode, to: TopologyNode): boolean {
  return from !== to && CATALOG[from.kind].linksTo.includes(to.kind);
}

function linkOf(from: TopologyNode, to: TopologyNode, choice: LinkChoice): Link[] {
  if (!choice.isDrawn) return [];
  const calls = choice.calls as CallOptions;
  return [
    {
      from: from.id,
      to: to.id,
      ...(Object.keys(calls).length === 0 ? {} : { calls }),
      ...(from.kind === 'load-balancer' && choice.weight !== null ? { weight: choice.weight } : {}),
    },
  ];
}

function routed(node: TopologyNode, links: readonly Link[]): TopologyNode {
  const to = links.findLast(({ from }) => from === node.id)?.to;
  return node.kind === 'api-gateway' && to !== undefined
    ? { ...node, classes: { 'class-1': to } }
    : node;
}

/** The run's simulator, with its topology and without load. */
export function simulatorOf({ classes, profile, seed, arrivals, topology }: Run): Simulator {
  const run = { kinds: KINDS, classes, profile, seed, arrivals, data: RUN_DATA };
  const simulator = new Simulator(run);
  simulator.setTopology(topology, false);
  return simulator;
}

/** The same under its load. */
export function begun(run: Run): Simulator {
  const simulator = simulatorOf(run);
  simulator.setLoad(run.perSecond, run.shares);
  return simulator;
}
