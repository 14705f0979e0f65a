import type { Result, Scenario } from '@project-devops/simulation/protocol';
import type { Library } from '../../../session/session.ts';
import { keepBestResult } from './best-results.ts';

/** True when a scenario is one of the game's own stages, not a file that borrows its name. */
export function isOwnStage(scenario: Scenario, library: Library): boolean {
  const own = library.scenarios.find(({ id }) => id === scenario.id);
  return own !== undefined && JSON.stringify(own) === JSON.stringify(scenario);
}

/** Keeps the result of a stage of the game; true when it is the best so far. */
export function keepStageResult(scenario: Scenario, library: Library, result: Result): boolean {
  return isOwnStage(scenario, library) && keepBestResult(localStorage, scenario.id, result);
}
