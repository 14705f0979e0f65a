import type { Measurement } from '../protocol/index.ts';
import { errorCount } from '../protocol/index.ts';
import type { Figures } from './alerting.ts';

/** Sums up the windows of one node, or of the whole service, between two scrape rounds. */
export class Tally {
  #windows = 0;
  #served = 0;
  #failed = 0;
  #poolExhausted = 0;
  #utilisation = 0;
  #queueDepth = 0;
  #consumerLag = 0;

  add(row: Measurement): void {
    this.#windows++;
    this.#served += row.served;
    this.#failed += errorCount(row.errors);
    this.#poolExhausted += row.errors['pool-exhausted'] ?? 0;
    this.#utilisation += row.utilisation ?? 0;
    this.#queueDepth += row.queueDepth ?? 0;
    this.#consumerLag = row.consumerLag ?? 0;
  }

  get figures(): Figures {
    const windows = Math.max(1, this.#windows);
    return {
      served: this.#served,
      failed: this.#failed,
      poolExhausted: this.#poolExhausted,
      utilisation: this.#utilisation / windows,
      queueDepth: this.#queueDepth / windows,
      consumerLag: this.#consumerLag,
    };
  }
}
