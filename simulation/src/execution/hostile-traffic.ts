import type { StateHash } from '../kernel/state-hash.ts';
import type { Measurement, RequestClass } from '../protocol/index.ts';
import { Meter } from './meter.ts';

/**
 * Requests of hostile classes, end to end. They load every node on their way, but are nobody's: the clients' own
 * row, by which users stay or leave and the error gauge fills, leaves them out.
 */
export class HostileTraffic {
  /** By class: the meter of its requests end to end; null: the clients' own. */
  readonly #meters: readonly (Meter | null)[];
  readonly #injections = new Meter();
  readonly #floods = new Meter();

  constructor(classes: readonly RequestClass[]) {
    this.#meters = classes.map(({ hostile }) =>
      hostile === undefined ? null : hostile === 'injection' ? this.#injections : this.#floods,
    );
  }

  /** What counts a class's requests end to end, `clients` being the meter of the clients' node. */
  meterOf(requestClass: number, clients: Meter): Meter {
    return this.#meters[requestClass] ?? clients;
  }

  /** Background work, whose class is below 0, is not. */
  isHostile(requestClass: number): boolean {
    return (this.#meters[requestClass] ?? null) !== null;
  }

  /** The window's counts, and the beginning of the next; nothing when no class is hostile. */
  takeFigures(): Pick<Measurement, 'hostile'> {
    if (this.#meters.every((meter) => meter === null)) return {};
    const [injections, floods] = [this.#injections, this.#floods];
    const errors: Record<string, number> = injections.errorsByCause();
    for (const [cause, count] of Object.entries(floods.errorsByCause())) {
      errors[cause] = (errors[cause] ?? 0) + count;
    }
    const hostile = {
      offered: injections.offered + floods.offered,
      served: injections.served + floods.served,
      errors,
      inFlight: injections.inFlight + floods.inFlight,
      breaches: injections.served,
    };
    injections.nextWindow();
    floods.nextWindow();
    return { hostile };
  }

  mixInto(hash: StateHash): void {
    for (const meter of new Set(this.#meters)) meter?.mixInto(hash);
  }
}
