import type { MeasuringProgress } from '@project-devops/simulation';
import { CLEAR_LINE, type Terminal } from '../messages.ts';

const SILENT_MS = 500;
const STEP_MS = 200;

/** One line that tells how far a long run is; only on a terminal, and only once it takes a while. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #nextMs: number;
  #shown = false;

  /** `now`: a clock in milliseconds. */
  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#nextMs = now() + SILENT_MS;
  }

  show({ timeMs, offered, doneRatio }: MeasuringProgress): void {
    if (!this.#terminal.isTerminal) return;
    const nowMs = this.#now();
    if (nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + STEP_MS;
    this.#shown = true;
    const percent = Math.floor(doneRatio * 100);
    const seconds = Math.floor(timeMs / 1000);
    this.#terminal.write(
      `${CLEAR_LINE}${percent} % · simulated ${seconds} s · ${offered} requests measured`,
    );
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.#terminal.write(CLEAR_LINE);
  }
}
