import type { StateHash } from './kernel/state-hash.ts';
import type { Happening, SimulationEvent } from './protocol/index.ts';

/** The run's events: numbered in the order they are told, mixed into the state's hash, kept until taken. */
export class Journal {
  readonly #hash: StateHash;
  #number = 0;
  #events: SimulationEvent[] = [];

  constructor(hash: StateHash) {
    this.#hash = hash;
  }

  tell(happenings: readonly Happening[], atMs: number): void {
    for (const happening of happenings) {
      const event = { ...happening, atMs, seq: this.#number++ };
      this.#events.push(event);
      this.#hash.mixText(JSON.stringify(event));
    }
  }

  /** The events told since the last call. */
  take(): SimulationEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
