import type { Clock } from '../work/clock.ts';
import { type Answer, refused } from './answer.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { Reply } from './resp.ts';

/** A cache that does not answer for so long is done without. */
const PATIENCE_MS = 1_000;

/** One cache, which holds a value for an item number or does not. */
export class Cache {
  readonly #connection: RedisConnection;
  readonly #clock: Clock;

  constructor(connection: RedisConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Whether it is connected now. */
  get ready(): boolean {
    return this.#connection.ready;
  }

  /** Whether it holds the item; the value is read and thrown away. Never rejects. */
  get(item: number): Promise<Answer<boolean>> {
    return this.#ask(['GET', key(item)], (reply) => reply !== null);
  }

  set(item: number, value: Buffer): Promise<Answer<null>> {
    return this.#ask(['SET', key(item), value], () => null);
  }

  forget(item: number): Promise<Answer<null>> {
    return this.#ask(['DEL', key(item)], () => null);
  }

  drain(): void {
    this.#connection.close();
  }

  #ask<T>(words: (string | Buffer)[], meaning: (reply: Reply) => T): Promise<Answer<T>> {
    const sentMs = this.#clock();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS, refused('time-out'));
      const end = (answer: Answer<T>): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#connection.ask(...words).then(
        (reply) => end({ ok: true, value: meaning(reply), tookMs: this.#clock() - sentMs }),
        () => end(refused('node-down')),
      );
    });
  }
}

const key = (item: number): string => `item:${item}`;
