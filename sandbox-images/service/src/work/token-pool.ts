/** Whoever waits for a token; abandoned, it leaves the line at once. */
export interface TokenSeeker {
  readonly abandoned: boolean;
  /** Called when it is abandoned; null takes the call back. */
  onAbandon(listener: (() => void) | null): void;
}

export type Taken = 'granted' | 'timed-out' | 'left';

export interface TokenLimit {
  readonly size: number;
  /** Longest wait for a token, in milliseconds. */
  readonly timeoutMs: number;
}

/** A number of equal tokens and the line of those who wait for one, first come first served. */
export class TokenPool {
  readonly #line: (() => void)[] = [];
  #limit: TokenLimit;
  #used = 0;

  constructor(limit: TokenLimit) {
    this.#limit = limit;
  }

  /** A smaller limit takes nothing back: tokens in use run out. */
  setLimit(limit: TokenLimit): void {
    this.#limit = limit;
    while (this.#used < limit.size && this.#line.length > 0) {
      this.#used++;
      this.#line.shift()?.();
    }
  }

  /** Whoever is granted a token must `give` it back. */
  take(seeker: TokenSeeker): Taken | Promise<Taken> {
    if (this.#used >= this.#limit.size) return this.#standInLine(seeker);
    this.#used++;
    return 'granted';
  }

  give(): void {
    const next = this.#used <= this.#limit.size ? this.#line.shift() : undefined;
    if (next === undefined) this.#used--;
    else next();
  }

  #standInLine(seeker: TokenSeeker): Promise<Taken> {
    return new Promise((resolve) => {
      const end = (taken: Taken): void => {
        clearTimeout(timer);
        seeker.onAbandon(null);
        resolve(taken);
      };
      const granted = (): void => end('granted');
      const leave = (taken: Taken): void => {
        this.#line.splice(this.#line.indexOf(granted), 1);
        end(taken);
      };
      const timer = setTimeout(leave, this.#limit.timeoutMs, 'timed-out');
      seeker.onAbandon(() => leave('left'));
      this.#line.push(granted);
    });
  }
}
