import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Clock, sleep } from '../clock.ts';

const POLL_MS = 300;
const SQLITE_BUSY = 5;

export interface LockOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds the lock. */
  readonly onWait: () => void;
}

/**
 * Waits until nobody else on this machine holds the lock of this file, and holds it until it is disposed of.
 * The operating system keeps it (as a lock on a database file), so that it ends with its process however that ends.
 */
export async function takeLock(
  path: string,
  { clock, signal, onWait }: LockOptions,
): Promise<Disposable> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  const release = { [Symbol.dispose]: () => database.close() };
  try {
    for (let waits = 0; !tryLock(database); waits++) {
      if (waits === 0) onWait();
      await sleep(clock, POLL_MS, signal);
      signal?.throwIfAborted();
    }
    return release;
  } catch (error) {
    database.close();
    throw error;
  }
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
