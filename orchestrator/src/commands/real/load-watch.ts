import type { RealProblem } from '@project-devops/simulation/protocol';
import { SandboxError } from '../../real/sandbox.ts';

/** A load generator may end a little early: its last seconds are only lost, not its run. */
const ENOUGH = 0.9;

/** Ends a measurement whose load generator has died, instead of waiting for windows that will not come. */
export class LoadWatch {
  readonly #failing = new AbortController();
  readonly #asked: AbortSignal;
  #problem: RealProblem | null = null;

  /** `asked`: aborted when the person asks for the end. */
  constructor(asked: AbortSignal) {
    this.#asked = asked;
  }

  /** Aborted in either case. */
  get signal(): AbortSignal {
    return AbortSignal.any([this.#asked, this.#failing.signal]);
  }

  loadEnded(problem: RealProblem): void {
    this.#problem ??= problem;
    this.#failing.abort();
  }

  /** Throws what happened when much of the wanted time was not measured, and when the person asked for the end. */
  check(measuredSeconds: number, wantedSeconds: number): void {
    this.#asked.throwIfAborted();
    if (this.#problem === null || measuredSeconds >= ENOUGH * wantedSeconds) return;
    throw new SandboxError(this.#problem);
  }
}
