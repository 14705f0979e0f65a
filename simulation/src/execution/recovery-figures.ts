import type { CopyKind, Measurement, RecoveryRow } from '../protocol/index.ts';

/** A restore that has ended, as it is told and counted. */
export interface Restored {
  /** Null: all writes are lost. */
  readonly rpoSeconds: number | null;
  readonly rtoSeconds: number;
  readonly lostWrites: number;
}

/** Copies and restores of one node's data in the present window; nothing for a node that never has any. */
export class RecoveryFigures {
  #copies: Record<CopyKind, number> | null = null;
  #restored: Restored[] = [];

  /** From now on its windows tell of copies, even of none. */
  show(): void {
    this.#copies ??= { snapshot: 0, backup: 0 };
  }

  copied(kind: CopyKind): void {
    this.show();
    if (this.#copies !== null) this.#copies[kind]++;
  }

  restored(one: Restored): void {
    this.show();
    this.#restored.push(one);
  }

  /** The window's figures, and the beginning of the next window. */
  takeFigures(): Pick<Measurement, 'recovery'> {
    if (this.#copies === null) return {};
    const { snapshot, backup } = this.#copies;
    const recovery = { snapshots: snapshot, backups: backup, ...worstOf(this.#restored) };
    this.#copies = { snapshot: 0, backup: 0 };
    this.#restored = [];
    return { recovery };
  }
}

function worstOf(all: readonly Restored[]): Omit<RecoveryRow, 'snapshots' | 'backups'> {
  const points = all.map(({ rpoSeconds }) => rpoSeconds ?? Number.POSITIVE_INFINITY);
  const rpoSeconds = Math.max(...points);
  return {
    restores: all.length,
    lostWrites: all.reduce((sum, { lostWrites }) => sum + lostWrites, 0),
    rpoSeconds: Number.isFinite(rpoSeconds) ? rpoSeconds : null,
    rtoSeconds: all.length === 0 ? null : Math.max(...all.map(({ rtoSeconds }) => rtoSeconds)),
  };
}
