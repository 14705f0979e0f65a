import { createStream, type RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { resized } from '../primitives/jobs.ts';
import type { Request } from './request.ts';
import type { RequestTable } from './request-table.ts';

/**
 * Which client a request is from, as 32 bits; there are so many clients that hardly two are alike.
 * Drawn when first asked for, so that runs in which nobody asks draw nothing.
 */
export class ClientKeys {
  readonly #requests: RequestTable;
  readonly #stream: RandomStream;
  #keys = new Uint32Array(0);
  /** The generation of the request a row's key was drawn for. */
  #drawnFor = new Int32Array(0);
  #drawn = false;

  constructor(requests: RequestTable, seed: number) {
    this.#requests = requests;
    this.#stream = createStream(seed, 'client keys');
  }

  /** The key of a request, the same as long as it lives. */
  of({ row, generation }: Request): number {
    if (row >= this.#keys.length) this.#grow();
    if (this.#drawnFor[row] !== generation) {
      this.#drawn = true;
      this.#drawnFor[row] = generation;
      this.#keys[row] = this.#stream.nextUint32();
    }
    return this.#keys[row] as number;
  }

  /** One request is for the client of another. */
  share(from: Request, { row, generation }: Request): void {
    const key = this.of(from);
    if (row >= this.#keys.length) this.#grow();
    this.#drawnFor[row] = generation;
    this.#keys[row] = key;
  }

  mixInto(hash: StateHash): void {
    if (this.#drawn) for (const word of this.#stream.state) hash.mixInt(word | 0);
  }

  #grow(): void {
    const before = this.#keys.length;
    this.#keys = resized(this.#keys, new Uint32Array(this.#requests.capacity));
    this.#drawnFor = resized(this.#drawnFor, new Int32Array(this.#requests.capacity));
    this.#drawnFor.fill(-1, before);
  }
}
