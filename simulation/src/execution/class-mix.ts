import { createStream, type RandomStream } from '../kernel/random.ts';

/**
 * Of which class each arriving request is: the same classes, seed and shares give the same requests in the same
 * order, to the engine and to the containers' load alike.
 */
export class ClassMix {
  readonly names: readonly string[];
  readonly stream: RandomStream;
  /** By class: the share of arrivals up to and including it. */
  readonly #cumulativeShares: Float64Array;

  constructor(names: readonly string[], seed: number) {
    this.names = names;
    this.stream = createStream(seed, 'classes');
    this.#cumulativeShares = new Float64Array(names.length);
  }

  /** Shares need not add up to one; false when none is above zero. */
  setShares(shares: Readonly<Record<string, number>>): boolean {
    const shareOf = (name: string) => (Object.hasOwn(shares, name) ? (shares[name] ?? 0) : 0);
    const total = this.names.reduce((sum, name) => sum + shareOf(name), 0);
    let below = 0;
    this.names.forEach((name, i) => {
      below += total > 0 ? shareOf(name) / total : 0;
      this.#cumulativeShares[i] = below;
    });
    return total > 0;
  }

  /** The class of the next request. */
  draw(): number {
    const draw = this.stream.nextFloat();
    const last = this.#cumulativeShares.length - 1;
    let drawn = 0;
    while (drawn < last && draw >= (this.#cumulativeShares[drawn] as number)) drawn++;
    return drawn;
  }
}
