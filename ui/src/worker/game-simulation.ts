import {
  CATALOG,
  createEngine,
  forecast,
  RULESET,
  replay,
  SCENARIOS,
  scenarioProblems,
} from '@project-devops/simulation';
import type { Simulation } from './simulation.ts';

/** The real simulation, as the worker uses it. */
export const SIMULATION: Simulation = {
  ruleset: RULESET,
  scenarios: SCENARIOS,
  catalog: Object.values(CATALOG),
  createEngine,
  replay,
  forecast,
  scenarioProblems: (scenario) => scenarioProblems(scenario, CATALOG),
};
