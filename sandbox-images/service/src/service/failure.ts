import type { Cause } from '@project-devops/simulation/protocol';

/** Why a request is not served, and the node at which it failed. */
export class Failure extends Error {
  readonly reason: Cause;
  readonly node: string;

  constructor(cause: Cause, node: string) {
    super(`${cause} at ${node}`);
    this.name = 'Failure';
    this.reason = cause;
    this.node = node;
  }
}
