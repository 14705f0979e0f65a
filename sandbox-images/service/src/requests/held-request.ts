import type { Failure } from './failure.ts';

/** Told once, when the request is answered: null when it was served. */
export type Reply = (failure: Failure | null) => void;

/**
 * A request that the service holds. It is answered once; when that happens before its work is done
 * (its time is over, its client has gone), it is abandoned: its work ends at the next step.
 */
export class HeldRequest {
  readonly #reply: Reply;
  #state: 'working' | 'abandoned' | 'done' = 'working';
  #listener: (() => void) | null = null;
  readonly #deadline: NodeJS.Timeout;

  /** @param timedOut the failure that it is answered with after `timeoutMs` */
  constructor(timeoutMs: number, timedOut: Failure, reply: Reply) {
    this.#reply = reply;
    this.#deadline = setTimeout(() => this.abandon(timedOut), timeoutMs);
  }

  get abandoned(): boolean {
    return this.#state === 'abandoned';
  }

  /** Calls back when it is abandoned; null takes the call back. */
  onAbandon(listener: (() => void) | null): void {
    this.#listener = listener;
  }

  /** Answers before the work is done; without effect once it is answered. */
  abandon(failure: Failure): void {
    if (this.#state !== 'working') return;
    clearTimeout(this.#deadline);
    this.#state = 'abandoned';
    this.#reply(failure);
    this.#listener?.();
  }

  /** The work is done: answers unless that has happened. */
  end(failure: Failure | null): void {
    clearTimeout(this.#deadline);
    if (this.#state === 'working') this.#reply(failure);
    this.#state = 'done';
  }
}
