import type { Clock } from '../work/clock.ts';
import { type Answer, refused } from './answer.ts';
import type { CacheConnection } from './cache-connection.ts';

/** A cache that does not answer for so long is done without. */
const PATIENCE_MS = 1_000;

/** One cache, which holds a value for an item number or does not. */
export class Cache {
  readonly #connection: CacheConnection;
  readonly #clock: Clock;

  constructor(connection: CacheConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  get ready(): boolean {
    return this.#connection.ready;
  }

  /** Whether it holds the item; the value is read and thrown away. Never rejects. */
  get(item: number): Promise<Answer<boolean>> {
    return this.#timed(this.#connection.get(key(item)));
  }

  set(item: number, value: Buffer): Promise<Answer<void>> {
    return this.#timed(this.#connection.set(key(item), value));
  }

  forget(item: number): Promise<Answer<void>> {
    return this.#timed(this.#connection.forget(key(item)));
  }

  drain(): void {
    this.#connection.close();
  }

  #timed<T>(command: Promise<T>): Promise<Answer<T>> {
    const sentMs = this.#clock();
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(refused('time-out')), PATIENCE_MS);
      const end = (answer: Answer<T>): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      command.then(
        (value) => end({ ok: true, value, tookMs: this.#clock() - sentMs }),
        () => end(refused('node-down')),
      );
    });
  }
}

const key = (item: number): string => `item:${item}`;
