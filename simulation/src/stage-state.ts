import type { Phase, Scenario } from './protocol/index.ts';

/** What the rules know of the run besides the topology and the money. */
export interface StageState {
  phase: Phase;
  users: number;
  usersPerSecond: number;
  errorGauge: number;
  offeredPerSecond: number;
  earnedLastSecond: number;
}

/** A stage before its start. */
export function initialState(scenario: Scenario): StageState {
  return {
    phase: 'setup',
    users: scenario.users.initial,
    usersPerSecond: 0,
    errorGauge: 0,
    offeredPerSecond: 0,
    earnedLastSecond: 0,
  };
}
