const KEPT_LINES = 20;
const STEP = /^Step (\d+)\/(\d+) : (.*)$/;

/** What a build says: at which step it is, and its last lines. */
export class BuildLog {
  #step = 'preparing';
  #lines: string[] = [];

  /** Takes a line and answers what to show for it. */
  add(line: string): string {
    const [, number, count, instruction] = STEP.exec(line) ?? [];
    if (number !== undefined) {
      this.#step = `step ${number} of ${count} (${instruction})`;
      this.#lines = [];
      return this.#step;
    }
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    return line === '' ? this.#step : line;
  }

  get step(): string {
    return this.#step;
  }

  /** Of the present step, oldest first. */
  get lastLines(): readonly string[] {
    return this.#lines;
  }
}
