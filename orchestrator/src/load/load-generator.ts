import type { LoadPlan } from '@project-devops/simulation/protocol';

/** Offered load on the containers; generations of k6, of which at most one is released. */
export interface LoadGenerator extends AsyncDisposable {
  /**
   * Makes a generation that is ready to go (started, virtual users made, paused). Answers when it is.
   * Rejects with its last lines when k6 refuses the plan.
   */
  prepare(plan: LoadPlan): Promise<PreparedLoad>;
  /** Ends the released generation, if any; the load stops at once. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface PreparedLoad {
  readonly generation: number;
  /**
   * Lets it go in the place of the one before, at `atMs` (Unix ms) or as soon as it can. Answers with the
   * instant at which its load begins, which may be a little ahead.
   */
  release(atMs?: number): Promise<number>;
  discard(): Promise<void>;
}
