import type { Engine, EngineOptions, Replay, ReplayOptions } from '@project-devops/simulation';
import type {
  CatalogEntry,
  LoadPoint,
  Problem,
  Run,
  Scenario,
} from '@project-devops/simulation/protocol';

/** What the worker needs of the simulation; tests bring their own. */
export interface Simulation {
  readonly ruleset: string;
  readonly scenarios: readonly Scenario[];
  readonly catalog: readonly CatalogEntry[];
  createEngine(options: EngineOptions): Engine;
  replay(run: Run, options: ReplayOptions): Replay;
  forecast(scenario: Scenario): readonly LoadPoint[];
  /** What makes a well-formed scenario unplayable; empty when nothing does. */
  scenarioProblems(scenario: Scenario): readonly Problem[];
}

/** The worker's clock; milliseconds from any origin, never going back. */
export interface Clock {
  now(): number;
  /** Calls back once after the given time; the answer takes it back. */
  later(action: () => void, ms: number): () => void;
}
