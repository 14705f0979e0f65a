import { LockTable } from './lock-table.ts';

/**
 * Leases on items that are being fetched: who holds one fetches the item, the others wait for the answer.
 * An answer serves all who wait; when the holder gives up without one, the first in line fetches instead.
 */
export class LeaseTable extends LockTable {
  readonly #answered = new Set<number>();

  /** The holder has fetched the item; true for all who get its lease from now on. */
  answer(item: number): void {
    this.#answered.add(item);
  }

  isAnswered(item: number): boolean {
    return this.#answered.has(item);
  }

  override unlock(item: number, nowMs: number): number {
    const next = super.unlock(item, nowMs);
    if (next < 0) this.#answered.delete(item);
    return next;
  }
}
