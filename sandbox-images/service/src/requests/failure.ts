import type { Cause } from '@project-devops/simulation/protocol';

/** Why and where a request was dropped. */
export interface Failure {
  readonly cause: Cause;
  /** The node that dropped it. */
  readonly node: string;
  /** How it counts at this node: the cause itself, or that a node behind this one failed. */
  readonly countedAs: Cause;
}

export const failedHere = (cause: Cause, node: string): Failure => ({
  cause,
  node,
  countedAs: cause,
});

export const failedBehind = (cause: Cause, node: string): Failure => ({
  cause,
  node,
  countedAs: 'dependency-failed',
});
