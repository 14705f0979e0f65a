import type { Measurement, Scenario, Topology } from '@project-devops/simulation/protocol';

/** A window on the wall clock (Unix ms) and the simulated time it stands for. */
export interface WallWindow {
  readonly wallStartMs: number;
  readonly wallEndMs: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** What the rows are about: the nodes that run and the CPU they may use at the present scale. */
export interface MeasuredService {
  readonly topology: Topology;
  /** Node id -> CPU limit in cores, as the containers have it. */
  readonly cores: Readonly<Record<string, number>>;
  /** Node id -> most connections (requests held at once). */
  readonly connections: Readonly<Record<string, number>>;
  readonly classes: Scenario['classes'];
}

export type MeasuredWindow =
  /** The samples that the window needs are not there yet. */
  | { readonly state: 'pending' }
  /** They will not come: the source was away. */
  | { readonly state: 'lost' }
  | {
      readonly state: 'measured';
      /** End to end first, then one row a node in the topology's order (clients left out), `source: 'measured'`. Cost and what was not told is null. */
      readonly rows: readonly Measurement[];
      /** Iterations that k6 could not start in the window. */
      readonly droppedIterations: number;
      /** Cores used by containers, by node or role. */
      readonly coresUsed: Readonly<Record<string, number>>;
    };

/** Turns what Prometheus holds into the engine's rows. */
export interface Telemetry {
  /** Rejects when Prometheus does not answer. */
  measure(window: WallWindow, service: MeasuredService): Promise<MeasuredWindow>;
}
