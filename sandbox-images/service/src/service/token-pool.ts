interface Waiter {
  readonly give: () => void;
  readonly giveUp: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Tokens that calls take in turn; who waits too long gets none. */
export class TokenPool {
  readonly #waiting: Waiter[] = [];
  #free: number;
  readonly #timeoutMs: number;

  constructor(tokens: number, timeoutMs: number) {
    this.#free = tokens;
    this.#timeoutMs = timeoutMs;
  }

  /** True with a token, which `give` takes back; false when none came in time. */
  take(): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        give: () => resolve(true),
        giveUp: () => resolve(false),
        timer: setTimeout(() => this.#leave(waiter), this.#timeoutMs),
      };
      this.#waiting.push(waiter);
    });
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free++;
      return;
    }
    clearTimeout(next.timer);
    next.give();
  }

  #leave(waiter: Waiter): void {
    this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
    waiter.giveUp();
  }
}
