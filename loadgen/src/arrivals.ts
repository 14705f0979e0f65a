import type { LoadPlan } from '@project-devops/simulation/protocol';

type Steps = LoadPlan['steps'];

/**
 * Evenly spaced arrivals under a rate that changes by steps, as the engine has them: an arrival is due
 * each time the integral of the rate has grown by one.
 */
export class Arrivals {
  readonly #steps: Steps;
  #index = 0;
  /** Up to where the rate has been integrated; beginning of the present step's rest. */
  #atMs: number;
  #stepEndMs: number;
  #left: number;

  /** `left`: the integral that is still to pass before the first arrival, 0 to 1. */
  constructor(steps: Steps, beginMs: number, left: number) {
    this.#steps = steps;
    this.#atMs = beginMs;
    this.#left = left;
    this.#stepEndMs = beginMs + (steps[0]?.seconds ?? 0) * 1000;
  }

  /** The next arrival's time when it is before `untilMs`, and it is taken; else null, and time stands at `untilMs`. */
  takeBefore(untilMs: number): number | null {
    for (;;) {
      const endMs = Math.min(this.#stepEndMs, untilMs);
      const dueMs = this.#dueMs;
      if (dueMs < endMs) {
        this.#atMs = dueMs;
        this.#left = 1;
        return dueMs;
      }
      this.#left = Math.max(0, this.#left - (endMs - this.#atMs) * this.#perMs);
      this.#atMs = endMs;
      if (endMs === untilMs) return null;
      this.#index++;
      this.#stepEndMs += (this.#steps[this.#index]?.seconds ?? Number.POSITIVE_INFINITY) * 1000;
    }
  }

  /** When something is to be done next: the next arrival, or the end of the step if that is earlier. */
  get nextMs(): number {
    return Math.min(this.#stepEndMs, this.#dueMs);
  }

  /** What of the integral is still to pass before the next arrival. */
  get left(): number {
    return this.#left;
  }

  get #dueMs(): number {
    const perMs = this.#perMs;
    return perMs > 0 ? this.#atMs + this.#left / perMs : Number.POSITIVE_INFINITY;
  }

  get #perMs(): number {
    return (this.#steps[this.#index]?.ratePerSecond ?? 0) / 1000;
  }
}
