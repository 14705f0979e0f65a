/** A limit on a rate, with the burst that may come at once. */
export interface RateLimitFigures {
  /** Above 0. */
  readonly perSecond: number;
  /** Whole, at least 1. */
  readonly burst: number;
}

/**
 * A token bucket: full at first, each admission takes a token, tokens come back evenly up to the burst.
 * Kept as the generic cell rate algorithm does (ITU-T I.371, annex A): one instant instead of a level, so
 * that no rounding adds up in between.
 */
export class TokenBucket {
  #perTokenMs: number;
  #burst: number;
  /** When the bucket is, or was, full again if nothing more is taken. */
  #fullAtMs = 0;

  constructor({ perSecond, burst }: RateLimitFigures) {
    this.#perTokenMs = 1000 / perSecond;
    this.#burst = burst;
  }

  /** Changes the limit; the tokens that are missing from the bucket stay missing. */
  configure({ perSecond, burst }: RateLimitFigures, nowMs: number): void {
    const missing = this.#missing(nowMs);
    this.#perTokenMs = 1000 / perSecond;
    this.#burst = burst;
    this.#fullAtMs = nowMs + Math.min(missing, burst) * this.#perTokenMs;
  }

  /** Takes a token; false when there is none. */
  admit(nowMs: number): boolean {
    const fromMs = Math.max(nowMs, this.#fullAtMs);
    if (fromMs - nowMs > (this.#burst - 1) * this.#perTokenMs) return false;
    this.#fullAtMs = fromMs + this.#perTokenMs;
    return true;
  }

  /** Tokens there are, parts of one included. */
  tokens(nowMs: number): number {
    return Math.max(0, this.#burst - this.#missing(nowMs));
  }

  /** All there is to it beside its limit. */
  get fullAtMs(): number {
    return this.#fullAtMs;
  }

  #missing(nowMs: number): number {
    return Math.max(0, this.#fullAtMs - nowMs) / this.#perTokenMs;
  }
}
