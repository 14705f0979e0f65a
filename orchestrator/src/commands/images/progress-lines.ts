import type { ImageProgress } from '@project-devops/simulation/protocol';
import { CLEAR_LINE, type Terminal } from '../messages.ts';

/** Tells how far the images are: one line an image when it is ready, and on a terminal a line that moves. */
export class ProgressLines {
  readonly #terminal: Terminal;
  readonly #columns: number;
  readonly #began = new Map<string, ImageProgress>();
  readonly #done = new Set<string>();

  constructor(terminal: Terminal, columns: number) {
    this.#terminal = terminal;
    this.#columns = columns;
  }

  show(progress: readonly ImageProgress[]): void {
    for (const one of progress) {
      if (one.status === 'ready' && !this.#done.has(one.image)) this.#finish(one.image);
      if (one.status === 'working') this.#work(one);
    }
  }

  /** Takes the moving line away. */
  end(): void {
    if (this.#terminal.isTerminal) this.#terminal.write(CLEAR_LINE);
  }

  #work(one: ImageProgress): void {
    if (!this.#terminal.isTerminal && !this.#began.has(one.image)) {
      this.#terminal.write(`${one.image}: working\n`);
    }
    this.#began.set(one.image, one);
    if (!this.#terminal.isTerminal) return;
    const line = `${one.image} · ${seconds(one)} s · ${one.doing}`;
    this.#terminal.write(CLEAR_LINE + line.slice(0, this.#columns - 1));
  }

  #finish(image: string): void {
    this.#done.add(image);
    const last = this.#began.get(image);
    this.end();
    this.#terminal.write(
      `${image}: ready${last === undefined ? '' : ` after ${seconds(last)} s`}\n`,
    );
  }
}

const seconds = ({ sinceMs }: ImageProgress): number => Math.round(sinceMs / 1_000);
