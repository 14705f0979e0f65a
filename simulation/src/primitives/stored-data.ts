import type { StateHash } from '../kernel/state-hash.ts';
import { COPY_KINDS, type CopyKind } from '../protocol/index.ts';

/** A copy of some data as it was at a time, with as many of the writes as were there then. */
export interface DataCopy {
  readonly kind: CopyKind;
  readonly atMs: number;
  readonly writes: number;
}

/**
 * How many committed writes are on a node's disks, and in the latest copy of each kind. Writes are lost from the latest
 * on, so that their number says which are there.
 */
export class StoredData {
  kept = 0;
  /** Those that are gone, but for what another node goes on with. */
  lost = 0;
  /** In the order of `COPY_KINDS`, the quicker one first. */
  #copies: DataCopy[] = [];

  write(): void {
    this.kept++;
  }

  /** The latest so many writes are gone; no copy can have had them for good. */
  lose(count: number): void {
    this.lost += count;
    this.#keep(this.kept - count);
  }

  /** A copy is complete; it takes the place of the one of its kind before. */
  add(copy: DataCopy): void {
    const others = this.#copies.filter(({ kind }) => kind !== copy.kind);
    const rank = ({ kind }: DataCopy) => COPY_KINDS.indexOf(kind);
    this.#copies = [...others, copy].sort((a, b) => rank(a) - rank(b));
  }

  /** The copy that loses least, of two from the same time the quicker one; null when there is none. */
  get latestCopy(): DataCopy | null {
    return this.#copies.reduce<DataCopy | null>(
      (best, copy) => (best === null || copy.atMs > best.atMs ? copy : best),
      null,
    );
  }

  /** The storage that snapshots are on is lost. */
  dropSnapshots(): void {
    this.#copies = this.#copies.filter(({ kind }) => kind !== 'snapshot');
  }

  /** The disks have what the copy has and nothing else, nothing at all without one; how many writes that loses. */
  restore(copy: DataCopy | null): number {
    const lost = Math.max(0, this.kept - (copy?.writes ?? 0));
    this.lose(lost);
    return lost;
  }

  /** Another node, which lacks the latest so many writes, goes on with this data. */
  handOver(heir: StoredData, unapplied: number): void {
    heir.kept = Math.max(0, this.kept - unapplied);
    this.#keep(0);
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.kept);
    for (const { kind, atMs, writes } of this.#copies) {
      hash.mixText(kind);
      hash.mixFloat(atMs);
      hash.mixInt(writes);
    }
  }

  #keep(kept: number): void {
    this.kept = kept;
    this.#copies = this.#copies.map((copy) => ({ ...copy, writes: Math.min(copy.writes, kept) }));
  }
}
