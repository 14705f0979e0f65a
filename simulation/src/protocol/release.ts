import type { Static } from 'typebox';
import * as Type from 'typebox';

/** The name of a version of the service: lower case, digits, dots and hyphens. */
export const VersionSchema = Type.String({
  pattern: '^[a-z0-9][a-z0-9.-]{0,31}$',
  description: 'lower-case letters, digits, dots and hyphens, at most 32 characters',
});

/** A version that Development offers, and how it differs from the one without a name that runs at first. */
export const ReleaseSchema = Type.Object(
  {
    version: VersionSchema,
    /** From when on it can be deployed, in seconds of operation. */
    atSeconds: Type.Number({ minimum: 0, maximum: 86_400 }),
    /** Its work takes so many times the CPU time. */
    demandFactor: Type.Number({ minimum: 0.01, maximum: 100 }),
    /** Share of requests that it answers with an error of its own (cause `defect`), after their work. */
    errorRatio: Type.Number({ minimum: 0, maximum: 1 }),
    leakMiBPerRequest: Type.Number({ minimum: 0, maximum: 1_000 }),
  },
  { additionalProperties: false },
);
export type Release = Static<typeof ReleaseSchema>;

/**
 * How a release comes to its nodes. `big-bang`: all at once. `rolling`: one after another, each drained first.
 * `blue-green`: on a second set of nodes, to which all traffic is switched at once. `canary`: on one node,
 * which is compared with the others before they follow or it is taken back.
 */
export const STRATEGIES = ['big-bang', 'rolling', 'blue-green', 'canary'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Seconds a canary is watched, or the replaced set of a blue-green deployment is kept. */
export const WATCH_SECONDS = { min: 5, default: 60, max: 3_600 } as const;

export type DeploymentState =
  | 'starting-all'
  | 'draining'
  | 'starting'
  | 'watching'
  | 'starting-twins'
  | 'keeping'
  | 'retiring'
  | 'over';

/** A deployment as the view shows it; the latest one stays after it is over. */
export interface DeploymentView {
  readonly version: string;
  readonly strategy: Strategy;
  readonly state: DeploymentState;
  /** True from the moment on that it is being taken back. */
  readonly isTakenBack: boolean;
  /** Nodes that it is about: those it was ordered for, and their twins. */
  readonly nodes: readonly string[];
}
