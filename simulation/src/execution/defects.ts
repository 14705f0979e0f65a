import type { RandomStream } from '../kernel/random.ts';

/** Requests that a faulty release answers with an error of its own: each with the same chance, apart from all others. */
export class Defects {
  readonly stream: RandomStream;
  ratio = 0;

  constructor(stream: RandomStream) {
    this.stream = stream;
  }

  /** Whether the request that is about to be answered fails. */
  strikes(): boolean {
    return this.stream.nextFloat() < this.ratio;
  }
}
