/** Places for the requests that the service holds at once. */
export class Backlog {
  #limit: number;
  #held = 0;
  #peak = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  /** False when every place is taken. */
  enter(): boolean {
    if (this.#held >= this.#limit) return false;
    this.#held++;
    if (this.#held > this.#peak) this.#peak = this.#held;
    return true;
  }

  leave(): void {
    this.#held--;
  }

  /** Most places taken at once since the last call. */
  takePeak(): number {
    const peak = this.#peak;
    this.#peak = this.#held;
    return peak;
  }
}
