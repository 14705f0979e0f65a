import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase, StoreError } from './sqlite-database.ts';

const now = () => Date.parse('2030-01-02T03:04:05Z');
const step = (number: number, sql: string) => ({ number, name: `step-${number}`, sql });
const ONE = [step(1, 'CREATE TABLE a (x)')];
const TWO = [...ONE, step(2, 'CREATE TABLE b (x)')];

function open(path: string, migrations = MIGRATIONS) {
  const notices: string[] = [];
  const database = openDatabase(path, { now, onNotice: (text) => notices.push(text), migrations });
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);
  return { database, notices, tables };
}

describe('openDatabase', () => {
  it('creates the folder and the file, with write-ahead logging', () => {
    using directory = temporaryDirectory();
    const { database, notices } = open(join(directory.path, 'new', 'folder', 'runs.sqlite'));
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(notices).toEqual([]);
    database.close();
  });

  it('applies only the steps that a file lacks', () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, 'runs.sqlite');
    open(path, ONE).database.close();
    const { database, tables } = open(path, TWO);
    expect(tables).toEqual(['a', 'b', 'migration']);
    expect(database.prepare('SELECT number, name FROM migration').all()).toEqual([
      { number: 1, name: 'step-1' },
      { number: 2, name: 'step-2' },
    ]);
    database.close();
  });

  it('applies all steps or none', () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, 'runs.sqlite');
    expect(() => open(path, [...TWO, step(3, 'CREATE NONSENSE')])).toThrow(StoreError);
    const { database, tables } = open(path, ONE);
    expect(tables).toEqual(['a', 'migration']);
    database.close();
  });

  it('refuses a file of a newer version and leaves it alone', () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, 'runs.sqlite');
    open(path, TWO).database.close();
    const before = readFileSync(path);
    expect(() => open(path, ONE)).toThrow(
      `The run store ${path} was written by a newer version (schema 2; this version knows 1). ` +
        'Update, or set DATA_DIR to another folder.',
    );
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(directory.path)).toEqual(['runs.sqlite']);
  });

  it.each([
    ['no database at all', () => Buffer.from('this is a letter, not a database. '.repeat(100))],
    ['cut short', (file: Buffer) => file.subarray(0, 5_000)],
    [
      'overwritten in the middle',
      (file: Buffer) =>
        Buffer.concat([file.subarray(0, 4_096), Buffer.alloc(file.length - 4_096, 7)]),
    ],
  ])('sets a file aside that is %s, says so, and begins anew', (_how, damage) => {
    using directory = temporaryDirectory();
    const path = join(directory.path, 'runs.sqlite');
    open(path).database.close();
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    const { database, notices, tables } = open(path);
    const aside = `${path}.damaged-2030-01-02T03-04-05.000Z`;
    expect(notices).toEqual([
      `The run store ${path} was damaged. It is kept as ${aside}; a new, empty one is in use.`,
    ]);
    expect(readFileSync(aside)).toEqual(damaged);
    expect(tables).toEqual(['migration', 'run']);
    database.close();
  });

  it('says which path cannot be opened', () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, 'runs.sqlite');
    mkdirSync(path);
    expect(() => open(path)).toThrow(StoreError);
    expect(() => open(path)).toThrow(path);
  });
});
