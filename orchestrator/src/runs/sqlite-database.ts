import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS, type Migration } from './migrations.ts';

const BUSY_TIMEOUT_MS = 5_000;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The store cannot be opened as it is; the message says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export interface OpenOptions {
  /** Milliseconds since 1970; names the file that is set aside. */
  readonly now: () => number;
  /** Told what a person should know, such as a damaged file set aside. */
  readonly onNotice: (text: string) => void;
  readonly migrations?: readonly Migration[];
}

/**
 * Opens a database file, or `:memory:`, and brings it to the present schema. A damaged file is renamed and a
 * new one begun. Throws StoreError for a file of a newer schema and for one that cannot be opened.
 */
export function openDatabase(path: string, options: OpenOptions): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openChecked(path, options.migrations ?? MIGRATIONS);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (!isDamage(error))
      throw new StoreError(`The run store ${path} cannot be opened: ${messageOf(error)}.`);
    const aside = setAside(path, options.now());
    options.onNotice(
      `The run store ${path} was damaged. It is kept as ${aside}; a new, empty one is in use.`,
    );
    return openChecked(path, options.migrations ?? MIGRATIONS);
  }
}

class DamagedFile extends Error {}

function openChecked(path: string, migrations: readonly Migration[]): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF',
    );
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check.quick_check !== 'ok') throw new DamagedFile(check.quick_check);
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  inTransaction(database, () => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
    );
    const row = database.prepare('SELECT coalesce(max(number), 0) AS last FROM migration').get();
    const last = Number(row?.last);
    const newest = migrations.at(-1)?.number ?? 0;
    if (last > newest) {
      throw new StoreError(
        `The run store ${path} was written by a newer version (schema ${last}; this version knows ${newest}). ` +
          'Update, or set DATA_DIR to another folder.',
      );
    }
    const note = database.prepare('INSERT INTO migration (number, name) VALUES (?, ?)');
    for (const { number, name, sql } of migrations.filter((step) => step.number > last)) {
      database.exec(sql);
      note.run(number, name);
    }
  });
}

/** Runs `work` whole or not at all. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  if (error instanceof DamagedFile) return true;
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && [SQLITE_CORRUPT, SQLITE_NOTADB].includes(code & 0xff);
}

function setAside(path: string, now: number): string {
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
