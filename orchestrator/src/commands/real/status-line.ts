import type { ImageProgress } from '@project-devops/simulation/protocol';
import { CLEAR_LINE, printable, type Terminal } from '../messages.ts';

const STEP_MS = 1_000;
const MAX_CHARACTERS = 78;

/**
 * One line on a terminal that says what goes on, at most once a second. Elsewhere a line is written for each
 * `begin` only, so that a log stays short.
 */
export class StatusLine {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #nextMs = 0;
  #shown = false;

  /** `now`: a clock in milliseconds. */
  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
  }

  /** Something new begins. */
  begin(text: string): void {
    if (!this.#terminal.isTerminal) return this.#terminal.write(`${printable(text)}\n`);
    this.#nextMs = 0;
    this.show(text);
  }

  /** It goes on. */
  show(text: string): void {
    const nowMs = this.#now();
    if (!this.#terminal.isTerminal || nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + STEP_MS;
    this.#shown = true;
    this.#terminal.write(`${CLEAR_LINE}${printable(text).slice(0, MAX_CHARACTERS)}`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown) this.#terminal.write(CLEAR_LINE);
    this.#shown = false;
  }
}

/** What the images' making is at, in one line. */
export function imageLine(images: readonly ImageProgress[]): string {
  const ready = images.filter(({ status }) => status === 'ready').length;
  const working = images.find(({ status }) => status === 'working');
  const doing = working === undefined ? '' : ` · ${working.image}: ${working.doing}`;
  return `Images ${ready} of ${images.length}${doing}`;
}
