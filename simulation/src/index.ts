/**
 * The public entry of the simulation. The schemas and types that everybody shares are in
 * `@project-devops/simulation/protocol`.
 */
export { CATALOG } from './components/catalog.ts';
export { DEFAULT_PROFILE } from './components/default-profile.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { ClassMix } from './execution/class-mix.ts';
export { MAX_SPANS, MAX_TRACES } from './execution/tracing.ts';
export { createStream, createZipf, type RandomStream, type ZipfSampler } from './kernel/random.ts';
export {
  MEASURING_LIMITS,
  type Measuring,
  type MeasuringExtent,
  type MeasuringProgress,
  type MeasuringResult,
  measure,
} from './measure.ts';
export { measuringProblems } from './measure-check.ts';
export { type OtlpTraces, otlpOf } from './otlp.ts';
export { type Predicting, predict } from './predict.ts';
export type { RealCourse } from './reality.ts';
export { type Replay, type ReplayOptions, replay } from './replay.ts';
export { scenarioProblems } from './rules/scenario-check.ts';
export { sizeEntryOf } from './rules/topology-edits.ts';
export { sharesAt } from './rules/traffic.ts';
export { contentLoad, forecast } from './rules/users.ts';
export { RULESET } from './ruleset.ts';
export { SCENARIOS } from './scenarios/index.ts';
