import type { SimulationEvent } from './event.ts';
import type { Measurement } from './measurement.ts';
import type { Scenario } from './scenario.ts';
import type { Result, Snapshot } from './snapshot.ts';

/** Simulated seconds per second on the wall; 0 is paused. */
export type Speed = 0 | 1 | 2 | 4;

/** Offered load at a time of the operation. */
export interface LoadPoint {
  readonly atSeconds: number;
  readonly ratePerSecond: number;
}

/** What a source of runs tells once about the run it opened. */
export interface SessionInfo {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Offered load that the scenario brings to a service that keeps its users content. */
  readonly forecast: readonly LoadPoint[];
  /** Why commands are refused; null when the run can be played. */
  readonly readOnly: 'watching' | 'other-ruleset' | null;
  /** The whole length of the run when it is watched; null when it is played. */
  readonly endMs: number | null;
}

/** One look at the run, at most ten times a second. Events and rows are those since the last frame. */
export interface Frame {
  readonly snapshot: Snapshot;
  readonly events: readonly SimulationEvent[];
  /** Predicted rows and, in real mode, measured ones (a few seconds later); `source` tells them apart. */
  readonly rows: readonly Measurement[];
  readonly speed: Speed;
  readonly result: Result | null;
  /** True when events and rows begin anew (a run was opened, or the time was sought). */
  readonly restarted: boolean;
}
