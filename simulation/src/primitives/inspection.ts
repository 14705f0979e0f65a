import type { RandomStream } from '../kernel/random.ts';

/** How well requests are told apart. */
export interface InspectionFigures {
  /** Whether a flagged request is stopped. */
  readonly blocks: boolean;
  /** Share of the hostile requests that is flagged, and of the innocent ones. */
  readonly detectionRatio: number;
  readonly falsePositiveRatio: number;
}

/** Looks at each request and flags some, each independently of the others. */
export class Inspection {
  readonly #stream: RandomStream;
  #figures: InspectionFigures;
  #flagged = 0;

  constructor(stream: RandomStream, figures: InspectionFigures) {
    this.#stream = stream;
    this.#figures = figures;
  }

  configure(figures: InspectionFigures): void {
    this.#figures = figures;
  }

  /** Whether a request may go on. */
  passes(isHostile: boolean): boolean {
    const { blocks, detectionRatio, falsePositiveRatio } = this.#figures;
    const isFlagged = this.#stream.nextFloat() < (isHostile ? detectionRatio : falsePositiveRatio);
    if (isFlagged) this.#flagged++;
    return !(isFlagged && blocks);
  }

  /** Requests flagged since the last call. */
  takeFlagged(): number {
    const flagged = this.#flagged;
    this.#flagged = 0;
    return flagged;
  }

  /** The state of its draws. */
  get state(): Uint32Array {
    return this.#stream.state;
  }
}
