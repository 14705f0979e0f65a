import type { Measurement } from '../protocol/index.ts';

type Figure = 'staleReads' | 'lostWrites' | 'writeConflicts' | 'compensations';

/** What went wrong with a node's data in the present window; a figure stays null where it cannot go wrong. */
export class Consistency {
  staleReads: number | null = null;
  lostWrites: number | null = null;
  writeConflicts: number | null = null;
  compensations: number | null = null;

  add(figure: Figure, count: number): void {
    this[figure] = (this[figure] ?? 0) + count;
  }

  /** The window's figures, those that apply, and the beginning of the next window. */
  takeFigures(): Pick<Measurement, Figure> {
    const { staleReads, lostWrites, writeConflicts, compensations } = this;
    if (staleReads !== null) this.staleReads = 0;
    if (lostWrites !== null) this.lostWrites = 0;
    if (writeConflicts !== null) this.writeConflicts = 0;
    if (compensations !== null) this.compensations = 0;
    return {
      ...(staleReads === null ? {} : { staleReads }),
      ...(lostWrites === null ? {} : { lostWrites }),
      ...(writeConflicts === null ? {} : { writeConflicts }),
      ...(compensations === null ? {} : { compensations }),
    };
  }
}
