import type { Clock } from '../clock.ts';

/** Runs out when nothing was heard for a while: then `over` rejects with the error. */
export class Patience implements Disposable {
  readonly over: Promise<never>;
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #runOut: () => void;
  #cancel = () => {};

  constructor(clock: Clock, ms: number, error: () => Error) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.over = promise;
    this.#clock = clock;
    this.#ms = ms;
    this.#runOut = () => reject(error());
    this.renew();
  }

  renew(): void {
    this.#cancel();
    this.#cancel = this.#clock.later(this.#runOut, this.#ms);
  }

  [Symbol.dispose](): void {
    this.#cancel();
  }
}
