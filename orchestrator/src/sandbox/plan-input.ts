import type {
  CatalogEntry,
  NodeKind,
  Profile,
  Scenario,
  Topology,
} from '@project-devops/simulation/protocol';
import type { ImageTags } from './desired.ts';

/** Everything that a session's containers follow from. */
export interface PlanInput {
  readonly session: string;
  readonly topology: Topology;
  readonly classes: Scenario['classes'];
  readonly data: Scenario['data'];
  /** CPU time that the containers' own work is set to; what they really take is measured (a calibrated profile says it). */
  readonly demands: Profile['demands'];
  /** How much work a millisecond of CPU time is on this machine. */
  readonly work: Pick<NonNullable<Profile['measurement']>, 'roundsPerMs' | 'rowsPerMs'>;
  /** CPU limits are divided by this. */
  readonly scale: number;
  readonly images: ImageTags;
  /** Path of the session's heartbeat file. */
  readonly heartbeat: string;
  /** Letters, digits, `_` and `-`. */
  readonly storePassword: string;
  readonly catalog: Readonly<Record<NodeKind, CatalogEntry>>;
  readonly seed: number;
}
