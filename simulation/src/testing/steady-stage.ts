import { createEngine, type Engine, type EngineOptions } from '../engine.ts';
import type { Release, Run, Scenario, Topology } from '../protocol/index.ts';
import { replay } from '../replay.ts';
import { RULESET } from '../ruleset.ts';
import { helloWorld } from '../scenarios/hello-world.ts';

const USERS = 1_000;

/** A release that does all as the version before. */
export const RELEASE: Release = {
  version: 'v2',
  atSeconds: 0,
  demandFactor: 1,
  errorRatio: 0,
  leakMiBPerRequest: 0,
};

/** Home pages asked for at a rate that stays the same, for ten minutes, and money enough for them. */
export function steadyStage(
  topology: Topology,
  perSecond: number,
  changes: Partial<Scenario> = {},
): Scenario {
  const requestsPerUserPerMinute = (60 * perSecond) / USERS;
  return {
    ...helloWorld,
    topology,
    events: [],
    traffic: [{ atSeconds: 0, factor: 1 }],
    mix: [{ atSeconds: 0, shares: { home: 1 } }],
    users: { initial: USERS, requestsPerUserPerMinute, growthPerSecond: 0, churnPerSecond: 0 },
    durationSeconds: 600,
    startingMoney: 10_000,
    releases: [RELEASE],
    ...changes,
  };
}

/** A run whose service is in operation. */
export function inOperation(options: EngineOptions): Engine {
  const engine = createEngine(options);
  engine.dispatch({ type: 'start-operation' });
  return engine;
}

/** The run that another's log gives once it has been through a file; throws when a command is refused. */
export function playedAgain(
  engine: Engine,
  { scenario, seed }: Omit<EngineOptions, 'profile'>,
): Engine {
  const run: Run = {
    format: 'project-devops/run@1',
    ruleset: RULESET,
    scenario,
    seed,
    commands: engine.log,
    endMs: engine.timeMs,
    stateHash: engine.stateHash(),
  };
  const again = replay(JSON.parse(JSON.stringify(run)) as Run);
  if (!again.ok) throw new Error(JSON.stringify(again.problem));
  return again.engine;
}
