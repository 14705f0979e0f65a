import { resized } from './jobs.ts';

/** Times in ascending order: added behind, taken from either end. */
export class TimeDeque {
  #times = new Float64Array(16);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The earliest time; infinity when there is none. */
  get first(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : (this.#times[this.#first] as number);
  }

  push(timeMs: number): void {
    if (this.#first + this.#length === this.#times.length) this.#makeRoom();
    this.#times[this.#first + this.#length] = timeMs;
    this.#length++;
  }

  shift(): void {
    this.#first++;
    this.#length--;
  }

  pop(): void {
    this.#length--;
  }

  clear(): void {
    this.#first = 0;
    this.#length = 0;
  }

  /** Moves the times to the front; into a longer row when more than half of it is used. */
  #makeRoom(): void {
    this.#times.copyWithin(0, this.#first, this.#first + this.#length);
    this.#first = 0;
    if (this.#length * 2 <= this.#times.length) return;
    this.#times = resized(this.#times, new Float64Array(this.#times.length * 2));
  }
}
