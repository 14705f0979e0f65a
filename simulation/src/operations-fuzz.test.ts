import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from './components/catalog.ts';
import { createEngine, type Engine } from './engine.ts';
import {
  type Command,
  CommandSchema,
  type Drill,
  type Fault,
  type Measurement,
  parse,
  type Scenario,
  ScenarioSchema,
  STRATEGIES,
} from './protocol/index.ts';
import { scenarioProblems } from './rules/scenario-check.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { WindowAccounts } from './testing/accounts.ts';
import { SMALL_TOWN } from './testing/small-town.ts';

const topology = {
  ...SMALL_TOWN,
  nodes: SMALL_TOWN.nodes.map((node) =>
    node.id === 'web-2' ? { ...node, zone: 'b', purchase: 'spot' } : node,
  ),
} as typeof SMALL_TOWN;
const release = { atSeconds: 0, demandFactor: 1.5, errorRatio: 0.1, leakMiBPerRequest: 1 };
const scenario: Scenario = {
  ...helloWorld,
  topology,
  durationSeconds: 200,
  drills: true,
  objective: { maxErrorRatio: 1, gaugeSeconds: 3_600 },
  bankruptcyFloor: -1e6,
  releases: ['v2', 'v3'].map((version) => ({ ...release, version })),
};

const id = fc.constantFrom('f-1', 'f-2', 'f-3', 'f-4');
const node = fc.constantFrom(...topology.nodes.map((one) => one.id));
const link = fc.constantFrom(...topology.links);
const durationSeconds = fc.option(fc.integer({ min: 1, max: 20 }));
const onNode = fc.record({ node });
const drill: fc.Arbitrary<Drill> = fc.oneof(
  fc.record({ id, kind: fc.constantFrom('crash', 'full-disk'), target: onNode, durationSeconds }),
  fc.record({ id, kind: fc.constant('restart' as const), target: onNode }),
  fc.record({
    id,
    kind: fc.constant('disk-loss' as const),
    target: fc.oneof(onNode, fc.record({ zone: fc.constantFrom('a', 'b') })),
  }),
  fc.record({
    id,
    kind: fc.constant('slow' as const),
    target: onNode,
    factor: fc.integer({ min: 1, max: 9 }),
    durationSeconds,
  }),
  fc.record({
    id,
    kind: fc.constant('leak' as const),
    target: onNode,
    mibPerRequest: fc.integer({ min: 0, max: 9 }),
    mibPerSecond: fc.integer({ min: 0, max: 40 }),
    durationSeconds,
  }),
  fc.record({
    id,
    kind: fc.constant('loss' as const),
    target: fc.record({ link }),
    ratio: fc.constantFrom(0, 0.3, 1),
    durationSeconds,
  }),
  fc.record({
    id,
    kind: fc.constant('partition' as const),
    target: fc.oneof(
      fc.record({ link }),
      fc.record({ nodes: fc.uniqueArray(node, { minLength: 1, maxLength: 3 }) }),
    ),
    durationSeconds,
  }),
  fc.record({
    id,
    kind: fc.constantFrom('zone-loss', 'spot-interruption'),
    target: fc.record({ zone: fc.constantFrom('a', 'b', 'c') }),
    durationSeconds,
  }),
) as fc.Arbitrary<Drill>;

const webs = fc.uniqueArray(fc.constantFrom('web-1', 'web-2', 'web-1-2', 'balancer'), {
  minLength: 1,
  maxLength: 3,
});
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('inject-fault' as const), fault: drill }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('deploy' as const),
      version: fc.constantFrom('v2', 'v3', 'v9'),
      nodes: webs,
      strategy: fc.constantFrom(...STRATEGIES),
      watchSeconds: fc.constantFrom(5, 10),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'roll-back' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('restart-node' as const), id: node }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove-node' as const), id: node }) },
);
const waits = fc.integer({ min: 1, max: 9_000 });
const deeds = fc.array(fc.tuple(command, waits), { minLength: 4, maxLength: 14 });
const seed = fc.nat(4_294_967_295);

function play(list: readonly (readonly [Command, number])[], ofSeed: number): Engine {
  const engine = createEngine({ scenario, seed: ofSeed });
  engine.dispatch({ type: 'start-operation' });
  for (const [what, forMs] of list) {
    engine.dispatch(what);
    engine.advanceTo(engine.timeMs + forMs);
  }
  return engine;
}

function expectConserved(rows: readonly Measurement[]): void {
  const accounts = new WindowAccounts();
  for (const atMs of new Set(rows.map(({ startMs }) => startMs))) {
    const window = rows.filter(({ startMs }) => startMs === atMs);
    expect(accounts.faultsIn(window), `at ${atMs}`).toEqual([]);
  }
}

describe('any sequence of drills and deployments', () => {
  it('keeps every request accounted for, and is accepted or refused by the schema as it was', () => {
    expect(scenarioProblems(scenario, CATALOG)).toEqual([]);
    fc.assert(
      fc.property(deeds, seed, (list, ofSeed) => {
        const engine = play(list, ofSeed);
        expectConserved(engine.takeMeasurements());
        for (const { command: given } of engine.log) {
          expect(parse(CommandSchema, given).ok).toBe(true);
        }
      }),
      { seed: 31, numRuns: 12 },
    );
  });

  it('comes to the same state when it is played again', () => {
    fc.assert(
      fc.property(deeds, seed, (list, ofSeed) => {
        const first = play(list, ofSeed);
        const again = play(list, ofSeed);
        expect(again.stateHash()).toBe(first.stateHash());
        expect(again.snapshot()).toEqual(first.snapshot());
        expect(again.takeEvents()).toEqual(first.takeEvents());
      }),
      { seed: 32, numRuns: 5 },
    );
  });

  it('could stand in a scenario file as faults, and come to the same end there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(drill, { maxLength: 4, selector: (one) => one.id }), (drills) => {
        const faults: Fault[] = drills.map((one, i) => ({ ...one, atSeconds: 3 + i }));
        const file = { ...scenario, faults };
        expect(parse(ScenarioSchema, file).ok).toBe(true);
        const engine = createEngine({ scenario: file, seed: 5 });
        engine.dispatch({ type: 'start-operation' });
        engine.advanceTo(60_000);
        expectConserved(engine.takeMeasurements());
      }),
      { seed: 33, numRuns: 8 },
    );
  });
});
