import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import {
  BALANCING_POLICIES,
  type Command,
  CommandSchema,
  NODE_KINDS,
  parse,
  REFUSAL_CODES,
  type Scenario,
  SIZES,
  type Topology,
} from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { callOptions } from './testing/call-options.ts';
import { playedAgain } from './testing/steady-stage.ts';

/** Money enough to build anything, and little time, so that ends are reached too. */
const rich: Scenario = { ...helloWorld, startingMoney: 3_000, durationSeconds: 20 };
const poor: Scenario = { ...helloWorld, startingMoney: 100, bankruptcyFloor: 60 };

type Deed = Command | { readonly type: 'wait'; readonly forMs: number };

const id = fc.constantFrom('clients', 'web-1', 'primary', 'a', 'b', 'c');
const size = fc.constantFrom(...SIZES);
const position = fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.constant(0) });
const policy = fc.constantFrom(...BALANCING_POLICIES);
const node = fc
  .record({ kind: fc.constantFrom(...NODE_KINDS), id, size, position, policy })
  .map(({ kind, policy: spreading, size: ofSize, ...common }) => {
    if (kind === 'clients') return { kind, ...common };
    if (kind === 'load-balancer') return { kind, ...common, size: ofSize, policy: spreading };
    return kind === 'cache'
      ? { kind, ...common, size: ofSize, eviction: 'lru' as const }
      : { kind, ...common, size: ofSize };
  });
const options = fc.oneof(
  fc.constant({}),
  fc.record({ policy }),
  fc.record({ eviction: fc.constant('lru' as const) }),
);
const edit: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('place-node' as const), node }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('remove-node' as const), id }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('move-node' as const), id, position }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('connect' as const), from: id, to: id }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('disconnect' as const), from: id, to: id }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('resize-node' as const), id, size }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('clone-node' as const), id, newId: id, position }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('configure-node' as const), id, options }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('configure-link' as const),
      from: id,
      to: id,
      options: fc.record({ calls: callOptions.map((calls) => calls ?? null) }),
    }),
  },
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart-node' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ type: 'start-operation' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      forMs: fc.integer({ min: 1, max: 4_000 }),
    }),
  },
);
const deeds = fc.array(deed, { maxLength: 40, size: 'max' });
const game = fc.record({
  scenario: fc.constantFrom(rich, poor),
  seed: fc.nat(4_294_967_295),
  deeds,
});

function act(engine: Engine, what: Deed): void {
  if (what.type === 'wait') engine.advanceTo(engine.timeMs + what.forMs);
  else engine.dispatch(what);
}

function played({
  scenario,
  seed,
  deeds: list,
}: {
  scenario: Scenario;
  seed: number;
  deeds: Deed[];
}) {
  const engine = createEngine({ scenario, seed });
  for (const what of list) act(engine, what);
  return engine;
}

function expectFigures(value: unknown, path = ''): void {
  if (typeof value === 'number') expect(Number.isFinite(value), `${path} is ${value}`).toBe(true);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) expectFigures(member, `${path}/${name}`);
}

/** A topology whatever the order in which it was built. */
function sorted({ nodes, links }: Topology) {
  return {
    nodes: [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    links: [...links].sort((a, b) => (`${a.from}>${a.to}` < `${b.from}>${b.to}` ? -1 : 1)),
  };
}

describe('any sequence of commands', () => {
  it('keeps the books: what is there is what was there, came in and went out', () => {
    fc.assert(
      fc.property(game, ({ scenario, seed, deeds: list }) => {
        const engine = createEngine({ scenario, seed });
        for (const what of list) {
          act(engine, what);
          const { money, totals } = engine.snapshot();
          const { earned, refunded, spentOnBuilding, spentOnRunning } = totals;
          const due = scenario.startingMoney + earned + refunded - spentOnBuilding - spentOnRunning;
          expect(Math.abs(money - due)).toBeLessThan(1e-6);
          for (const sum of [earned, refunded, spentOnBuilding, spentOnRunning]) {
            expect(sum).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { seed: 21, numRuns: 150 },
    );
  });

  it('never throws, and shows only finite figures, of which none is negative but money', () => {
    fc.assert(
      fc.property(game, (it) => {
        const engine = played(it);
        const { money, topology, usersPerSecond, ...rest } = engine.snapshot();
        expectFigures({ ...rest, money, usersPerSecond });
        expect(JSON.stringify(rest)).not.toMatch(/:-\d/);
        for (const { command } of engine.log) expect(parse(CommandSchema, command).ok).toBe(true);
        for (const row of engine.takeMeasurements())
          expect(JSON.stringify(row)).not.toMatch(/:-\d/);
      }),
      { seed: 22, numRuns: 100 },
    );
  });

  it('is refused with a known code and changes nothing, or is accepted and logged', () => {
    fc.assert(
      fc.property(game, ({ scenario, seed, deeds: list }) => {
        const engine = createEngine({ scenario, seed });
        for (const what of list) {
          if (what.type === 'wait') {
            act(engine, what);
            continue;
          }
          const before = JSON.stringify([engine.snapshot(), engine.log]);
          const answer = engine.dispatch(what);
          if (answer.ok) {
            expect(engine.log.at(-1)).toEqual({ atMs: engine.timeMs, command: what });
            continue;
          }
          expect(REFUSAL_CODES).toContain(answer.refusal.code);
          expect(answer.refusal.subject).toBeTruthy();
          expect(JSON.stringify([engine.snapshot(), engine.log])).toBe(before);
        }
      }),
      { seed: 23, numRuns: 100 },
    );
  });

  it('can be taken back at the same instant, topology and money, edit by edit', () => {
    fc.assert(
      fc.property(game, fc.array(edit, { minLength: 1, maxLength: 4 }), (before, edits) => {
        const engine = played(before);
        const start = engine.snapshot();
        const undos: Command[] = [];
        for (const command of edits) {
          const answer = engine.dispatch(command);
          if (answer.ok) undos.unshift(...answer.undo);
        }
        for (const command of undos) {
          expect(engine.dispatch(command), JSON.stringify(command)).toMatchObject({ ok: true });
        }
        const end = engine.snapshot();
        expect(sorted(end.topology)).toEqual(sorted(start.topology));
        expect(Math.abs(end.money - start.money)).toBeLessThan(1e-6);
      }),
      { seed: 24, numRuns: 200 },
    );
  });

  it('comes to the same state again when its log is replayed', () => {
    fc.assert(
      fc.property(game, (it) => {
        const engine = played(it);
        const again = playedAgain(engine, it);
        expect(again.stateHash()).toBe(engine.stateHash());
        expect(again.snapshot()).toEqual(engine.snapshot());
        expect(again.takeEvents()).toEqual(engine.takeEvents());
      }),
      { seed: 25, numRuns: 60 },
    );
  });

  it('comes to the same state however often it is looked at on the way', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(game, looks, ({ scenario, seed, deeds: list }, stepsMs) => {
        const leaping = createEngine({ scenario, seed });
        const stepping = createEngine({ scenario, seed });
        const events: unknown[] = [];
        let step = 0;
        for (const what of list) {
          act(leaping, what);
          if (what.type === 'wait') {
            const untilMs = stepping.timeMs + what.forMs;
            for (let atMs = stepping.timeMs; atMs < untilMs; step++) {
              atMs = Math.min(untilMs, atMs + (stepsMs[step % stepsMs.length] ?? 1) / 3);
              stepping.advanceTo(atMs);
              stepping.snapshot();
              events.push(...stepping.takeEvents());
            }
          } else stepping.dispatch(what);
          expect(stepping.timeMs).toBe(leaping.timeMs);
          expect(stepping.stateHash()).toBe(leaping.stateHash());
        }
        expect([...events, ...stepping.takeEvents()]).toEqual(leaping.takeEvents());
      }),
      { seed: 26, numRuns: 60 },
    );
  });
});
