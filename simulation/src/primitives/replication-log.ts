const INITIAL = 64;

/**
 * The writes that a copy of some data has yet to apply, in the order in which they were committed, and how
 * many of them each row has. Rows are numbers from 0 on; memory grows with the largest of them.
 */
export class ReplicationLog {
  #rows = new Int32Array(INITIAL);
  #writtenMs = new Float64Array(INITIAL);
  #waiters = new Int32Array(INITIAL);
  #writers = new Int32Array(INITIAL);
  #first = 0;
  #length = 0;
  /** By row: its unapplied writes, and 1 when the latest of these has been overwritten elsewhere. */
  #pending = new Int32Array(INITIAL);
  #overwritten = new Uint8Array(INITIAL);

  /** Writes not applied yet. */
  get length(): number {
    return this.#length;
  }

  /** `waiter`: the job that waits until the write is applied, -1 for none; `writer`: the number of whoever wrote it. */
  append(row: number, writtenMs: number, waiter = -1, writer = 0): void {
    if (this.#length === this.#rows.length) this.#growRing();
    if (row >= this.#pending.length) this.#growRows(row);
    const at = this.#at(this.#length);
    this.#rows[at] = row;
    this.#writtenMs[at] = writtenMs;
    this.#waiters[at] = waiter;
    this.#writers[at] = writer;
    this.#length++;
    this.#pending[row] = (this.#pending[row] as number) + 1;
    this.#overwritten[row] = 0;
  }

  /** The oldest write has been applied; the answer is who has waited for it, -1 for nobody. */
  apply(): number {
    const waiter = this.#drop(this.#first);
    this.#first = this.#at(1);
    this.#length--;
    return waiter;
  }

  /** Nobody waits for an unapplied write any more; the answer is who has, the oldest first. */
  release(): number[] {
    const released: number[] = [];
    for (let write = 0; write < this.#length; write++) {
      const at = this.#at(write);
      if (this.#waiters[at] !== -1) released.push(this.#waiters[at] as number);
      this.#waiters[at] = -1;
    }
    return released;
  }

  /**
   * The latest writes of a writer, at most `most` of them, have never been, as far as they are among the latest `among`
   * writes of all; the answer is who has waited for each, -1 for nobody, the latest write first.
   */
  forget(writer: number, most: number, among: number): number[] {
    const forgotten: number[] = [];
    const kept: number[] = [];
    while (kept.length + forgotten.length < among && forgotten.length < most) {
      const at = this.#at(--this.#length);
      if (this.#writers[at] !== writer) kept.push(at);
      else forgotten.push(this.#drop(at));
    }
    for (const at of kept.reverse()) this.#move(at, this.#at(this.#length++));
    return forgotten;
  }

  /** Row of an unapplied write, the oldest having number 0. */
  rowOf(write: number): number {
    return this.#rows[this.#at(write)] as number;
  }

  /** Age of the oldest unapplied write, 0 without any: what is older has been applied, as writes are in order. */
  lagMs(nowMs: number): number {
    return this.#length === 0 ? 0 : nowMs - (this.#writtenMs[this.#first] as number);
  }

  /** Whether a row has a write that is not applied yet. */
  isPending(row: number): boolean {
    return row < this.#pending.length && (this.#pending[row] as number) > 0;
  }

  /**
   * A later write elsewhere wins over the row's latest unapplied one, which is lost with that; false when
   * another has won over it before.
   */
  overwrite(row: number): boolean {
    const lost = this.#overwritten[row] === 0;
    this.#overwritten[row] = 1;
    return lost;
  }

  /** Forgets every unapplied write; the answer is how many these were. */
  clear(): number {
    const lost = this.#length;
    while (this.#length > 0) this.apply();
    return lost;
  }

  /** Where an unapplied write stands. */
  #at(write: number): number {
    return (this.#first + write) & (this.#rows.length - 1);
  }

  /** A write is no longer unapplied; the answer is who has waited for it. */
  #drop(at: number): number {
    const row = this.#rows[at] as number;
    this.#pending[row] = (this.#pending[row] as number) - 1;
    return this.#waiters[at] as number;
  }

  #move(from: number, to: number): void {
    this.#rows[to] = this.#rows[from] as number;
    this.#writtenMs[to] = this.#writtenMs[from] as number;
    this.#waiters[to] = this.#waiters[from] as number;
    this.#writers[to] = this.#writers[from] as number;
  }

  #growRing(): void {
    const rows = new Int32Array(this.#rows.length * 2);
    const writtenMs = new Float64Array(this.#rows.length * 2);
    const waiters = new Int32Array(this.#rows.length * 2);
    const writers = new Int32Array(this.#rows.length * 2);
    for (let i = 0; i < this.#length; i++) {
      const at = this.#at(i);
      rows[i] = this.#rows[at] as number;
      writtenMs[i] = this.#writtenMs[at] as number;
      waiters[i] = this.#waiters[at] as number;
      writers[i] = this.#writers[at] as number;
    }
    this.#rows = rows;
    this.#writtenMs = writtenMs;
    this.#waiters = waiters;
    this.#writers = writers;
    this.#first = 0;
  }

  #growRows(row: number): void {
    let length = this.#pending.length;
    while (length <= row) length *= 2;
    const pending = new Int32Array(length);
    pending.set(this.#pending);
    this.#pending = pending;
    const overwritten = new Uint8Array(length);
    overwritten.set(this.#overwritten);
    this.#overwritten = overwritten;
  }
}
