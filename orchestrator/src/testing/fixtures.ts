import type { Run, Scenario } from '@project-devops/simulation/protocol';
import type { Outcome, RunSummary } from '../runs/run-store.ts';

/** The rules that the tests' server plays by, and rules it does not have. */
export const TEST_RULESET = '1-00000000000000aa';
export const OTHER_RULESET = '1-00000000000000bb';

/** The smallest scenario of our own that satisfies the schema. */
export function testScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    format: 'project-devops/scenario@1',
    id: 'hello-world',
    title: { en: 'Hello World', ko: '헬로 월드' },
    situation: 'One machine.',
    goal: 'Stay up.',
    durationSeconds: 10,
    secondsPerGameHour: 60,
    startingMoney: 100,
    bankruptcyFloor: 0,
    topology: { nodes: [], links: [] },
    shop: [],
    classes: { home: { operations: ['static'], revenue: 0, onTimeMs: 100, timeoutMs: 1_000 } },
    mix: [{ atSeconds: 0, shares: { home: 1 } }],
    data: { items: 1, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 },
    users: { initial: 1, requestsPerUserPerMinute: 1, growthPerSecond: 0, churnPerSecond: 0 },
    traffic: [{ atSeconds: 0, factor: 1 }],
    arrivals: 'uniform',
    events: [],
    objective: { maxErrorRatio: 0.1, gaugeSeconds: 10 },
    scoring: { throughputPerSecond: 1, meanLatencyMs: 10, p95LatencyMs: 20, costPerThousand: 1 },
    ...changes,
  };
}

/** A saved run of the test scenario, with changes. */
export function testRun(changes: Partial<Run> = {}): Run {
  return {
    format: 'project-devops/run@1',
    ruleset: TEST_RULESET,
    scenario: testScenario(),
    seed: 1,
    commands: [{ atMs: 0, command: { type: 'start-operation' } }],
    endMs: 10_000,
    stateHash: '0123456789abcdef',
    ...changes,
  };
}

/** A win, with changes. */
export function testOutcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    ending: 'won',
    rank: 'A',
    points: 80,
    served: 1_000,
    maxThroughputPerSecond: 10,
    maxUsers: 100,
    uptimeRatio: 1,
    ...changes,
  };
}

/** A saved run as lists show it, with changes. */
export function testSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '0'.repeat(32),
    savedAtMs: 1_000,
    player: 'Ada',
    scenarioId: 'hello-world',
    scenarioHash: 'f'.repeat(32),
    title: 'Hello World',
    seed: 1,
    ruleset: TEST_RULESET,
    endMs: 10_000,
    verification: { state: 'verified', outcome: testOutcome() },
    ...changes,
  };
}
