import type { Measurement, Provenance, Scorecard } from '@project-devops/simulation/protocol';
import { compare } from '../comparison/compare.ts';
import type { MeasuredSecond } from './measuring.ts';

/** What is compared at a time, and kept: the last minute. */
const SPAN_MS = 60_000;
/** Measured rows come a few seconds late, so that predicted ones are kept a little longer. */
const KEPT_MS = SPAN_MS + 30_000;

/** The newest predicted and measured seconds of a session, and their scorecard. */
export class ComparisonWindow {
  readonly #provenance: Provenance;
  #predicted: Measurement[] = [];
  #measured: Measurement[] = [];
  readonly #invalid = new Set<number>();
  /** Of the present rows; null until asked for. */
  #scorecard: Scorecard | null = null;

  constructor(provenance: Provenance) {
    this.#provenance = provenance;
  }

  addPredicted(rows: readonly Measurement[]): void {
    if (rows.length === 0) return;
    this.#scorecard = null;
    this.#predicted = kept([...this.#predicted, ...rows]);
  }

  addMeasured(second: MeasuredSecond): void {
    this.#scorecard = null;
    if (!second.valid) this.#invalid.add(second.startMs);
    this.#measured = kept([...this.#measured, ...second.rows]);
  }

  /** Null before the first measured second. */
  scorecard(): Scorecard | null {
    if (this.#measured.length === 0) return null;
    this.#scorecard ??= compare(this.#predicted, this.#measured, {
      spanMs: SPAN_MS,
      invalidWindows: this.#invalid,
      provenance: this.#provenance,
    });
    return this.#scorecard;
  }
}

function kept(rows: Measurement[]): Measurement[] {
  const newest = rows.at(-1)?.endMs ?? 0;
  return rows.filter((row) => row.endMs > newest - KEPT_MS);
}
