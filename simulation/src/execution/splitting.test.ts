import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { createEngine, type Engine } from '../engine.ts';
import { StateHash } from '../kernel/state-hash.ts';
import type { Command, Scenario } from '../protocol/index.ts';
import { replay } from '../replay.ts';
import { scenarioProblems } from '../rules/scenario-check.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { begun, RUN_DATA, type Run, runs } from '../testing/random-topology.ts';
import type { Simulator } from './simulator.ts';

const END_MS = 3_000;
const instant = fc.double({ min: 0, max: END_MS, noNaN: true });

function hashOf(simulator: Simulator): string {
  const hash = new StateHash();
  simulator.mixInto(hash);
  return hash.digest();
}

const cuts = fc.array(instant, { minLength: 1, maxLength: 6 });
const ascending = (instants: readonly number[]) => [...instants].sort((a, b) => a - b);

/** What has passed through each node since the beginning. */
function everOf({ topology }: Simulator) {
  return topology.nodes.map(({ node, meter }) => {
    const { everOffered, everServed, everFailed, everLatencyMs } = meter;
    return { id: node.id, everOffered, everServed, everFailed, everLatencyMs };
  });
}

/** The run as a stage: its load comes from users who neither join nor leave. */
function scenarioOf({ topology, classes, shares, perSecond, arrivals }: Run): Scenario {
  const requestsPerUserPerMinute = 1;
  return {
    ...helloWorld,
    ...{ topology, classes, arrivals, data: RUN_DATA, events: [] },
    mix: [{ atSeconds: 0, shares }],
    traffic: [{ atSeconds: 0, factor: 1 }],
    users: {
      initial: perSecond * 60,
      requestsPerUserPerMinute,
      growthPerSecond: 0,
      churnPerSecond: 0,
    },
    objective: { maxErrorRatio: 1, gaugeSeconds: 3_600 },
    bankruptcyFloor: -1e9,
    startingMoney: 1e6,
    shop: CATALOG_KINDS,
    durationSeconds: 10,
  };
}
const CATALOG_KINDS = Object.values(CATALOG).map(({ kind }) => kind);

/** Commands at instants of the run; what makes no sense is refused, and is not in the log. */
const deeds = fc.array(
  fc.tuple(instant, fc.constantFrom('restart-node' as const, 'remove-node' as const), fc.nat(40)),
  { maxLength: 3 },
);
type Deeds = typeof deeds extends fc.Arbitrary<infer T> ? T : never;

function played({ topology, seed }: Run, scenario: Scenario, list: Deeds): Engine {
  const engine = createEngine({ scenario, seed });
  engine.dispatch({ type: 'start-operation' });
  for (const [atMs, type, node] of [...list].sort(([a], [b]) => a - b)) {
    const { id } = topology.nodes[node % topology.nodes.length] as { id: string };
    engine.advanceTo(atMs);
    engine.dispatch({ type, id } as Command);
  }
  return engine;
}

describe('a run that is split', () => {
  it('comes to the same state in the simulator', () => {
    fc.assert(
      fc.property(runs, cuts, (run, instants) => {
        const whole = begun(run);
        whole.runUntil(END_MS);
        const pieces = begun(run);
        for (const atMs of ascending(instants)) pieces.runUntil(atMs);
        pieces.runUntil(END_MS);
        expect(hashOf(pieces)).toBe(hashOf(whole));
        expect(pieces.events).toBe(whole.events);
      }),
      { seed: 52, numRuns: 60, endOnFailure: true },
    );
  });

  // A look also lets go of what is too old, as messages in a log, which the hash counts while they are there.
  it('goes the same way wherever a window is looked at', () => {
    fc.assert(
      fc.property(runs, cuts, (run, instants) => {
        const unseen = begun(run);
        unseen.runUntil(END_MS);
        const seen = begun(run);
        for (const atMs of ascending(instants)) {
          seen.runUntil(atMs);
          seen.closeWindow(run.topology, () => 0);
        }
        seen.runUntil(END_MS);
        expect(everOf(seen)).toEqual(everOf(unseen));
      }),
      { seed: 59, numRuns: 60, endOnFailure: true },
    );
  });

  it('comes to the same state in the engine, in pieces or restored from its commands at any instant', () => {
    fc.assert(
      fc.property(runs, deeds, instant, (run, list, atMs) => {
        const scenario = scenarioOf(run);
        expect(scenarioProblems(scenario, CATALOG)).toEqual([]);
        const whole = played(run, scenario, list);
        whole.advanceTo(END_MS);
        const pieces = played(run, scenario, [...list]);
        for (let ms = pieces.timeMs; ms < END_MS; ms += 137.5) pieces.advanceTo(ms);
        pieces.advanceTo(END_MS);
        expect(pieces.stateHash()).toBe(whole.stateHash());
        expect(pieces.snapshot()).toEqual(whole.snapshot());

        const saved = { scenario, seed: run.seed, commands: whole.log, endMs: END_MS } as never;
        const restored = replay(saved, { untilMs: atMs });
        if (!restored.ok) throw new Error(JSON.stringify(restored.problem));
        const rest = whole.log.filter((one) => one.atMs > atMs);
        for (const { atMs: dueMs, command } of rest) {
          restored.engine.advanceTo(dueMs);
          expect(restored.engine.dispatch(command).ok).toBe(true);
        }
        restored.engine.advanceTo(END_MS);
        expect(restored.engine.stateHash()).toBe(whole.stateHash());
        expect(restored.engine.log).toEqual(whole.log);
      }),
      { seed: 53, numRuns: 25, endOnFailure: true },
    );
  });
});
