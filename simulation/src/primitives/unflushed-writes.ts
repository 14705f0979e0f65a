/** How often a database writes its log to disk by itself (Postgres, `wal_writer_delay`). */
const FLUSH_EVERY_MS = 200;

/** Writes that were answered before they were on disk, since the latest of the regular flushes. */
export class UnflushedWrites {
  #period = -1;
  #count = 0;

  add(nowMs: number): void {
    this.#enter(nowMs);
    this.#count++;
  }

  /** How many a crash loses now; they count once. */
  lose(nowMs: number): number {
    this.#enter(nowMs);
    const lost = this.#count;
    this.#count = 0;
    return lost;
  }

  #enter(nowMs: number): void {
    const period = Math.floor(nowMs / FLUSH_EVERY_MS);
    if (period !== this.#period) this.#count = 0;
    this.#period = period;
  }
}
