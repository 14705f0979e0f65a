/** Messages in the order they came, numbered from 0 on (offsets): a ring that grows. */
export class Partition {
  /** Offset of the oldest message kept. */
  first = 0;
  /** Offset that the next message gets. */
  end = 0;
  #appendedMs = new Float64Array(64);
  #keys = new Int32Array(64);
  #kib = new Int32Array(64);

  append(key: number, kib: number, nowMs: number): void {
    if (this.end - this.first === this.#keys.length) this.#grow();
    const at = this.#at(this.end);
    this.#appendedMs[at] = nowMs;
    this.#keys[at] = key;
    this.#kib[at] = kib;
    this.end++;
  }

  appendedMs(offset: number): number {
    return this.#appendedMs[this.#at(offset)] as number;
  }

  key(offset: number): number {
    return this.#keys[this.#at(offset)] as number;
  }

  /** Lets go of the messages before an offset; the answer is what they took, in KiB. */
  dropBefore(offset: number): number {
    let kib = 0;
    for (; this.first < offset; this.first++) kib += this.#kib[this.#at(this.first)] as number;
    return kib;
  }

  /** Lets go of the messages from an offset on, as if they had never come; the answer is what they took, in KiB. */
  dropFrom(offset: number): number {
    let kib = 0;
    while (this.end > offset) kib += this.#kib[this.#at(--this.end)] as number;
    return kib;
  }

  #at(offset: number): number {
    return offset % this.#keys.length;
  }

  #grow(): void {
    const length = 2 * this.#keys.length;
    this.#appendedMs = this.#moved(this.#appendedMs, new Float64Array(length));
    this.#keys = this.#moved(this.#keys, new Int32Array(length));
    this.#kib = this.#moved(this.#kib, new Int32Array(length));
  }

  /** Copies a full ring into a larger one, each message to its offset's place. */
  #moved<T extends Float64Array | Int32Array>(ring: T, larger: T): T {
    for (let offset = this.first; offset < this.end; offset++) {
      larger[offset % larger.length] = ring[offset % ring.length] as number;
    }
    return larger;
  }
}
