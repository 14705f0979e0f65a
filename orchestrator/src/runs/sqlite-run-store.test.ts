import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testRun, testSummary } from '../testing/fixtures.ts';
import { describeRunStore } from '../testing/run-store-contract.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSqliteRunStore } from './sqlite-run-store.ts';

const LIMITS = { maxRuns: 50, maxBytes: 100_000 };
const options = { now: () => 0, onNotice: () => {} };
const directory = temporaryDirectory();
afterAll(() => directory[Symbol.dispose]());
let files = 0;

describeRunStore('the SQLite run store in memory', (limits) =>
  createSqliteRunStore(openDatabase(':memory:', options), limits),
);

describeRunStore('the SQLite run store in a file', (limits) => {
  files += 1;
  const path = join(directory.path, `runs-${files}.sqlite`);
  return createSqliteRunStore(openDatabase(path, options), limits);
});

describe('the SQLite run store in a file', () => {
  it('keeps runs from one launch to the next', async () => {
    const path = join(directory.path, 'kept.sqlite');
    const first = createSqliteRunStore(openDatabase(path, options), LIMITS);
    await first.save(testSummary(), testRun());
    await first.close();
    const second = createSqliteRunStore(openDatabase(path, options), LIMITS);
    expect(await second.summary(testSummary().id)).toEqual(testSummary());
    await second.close();
  });

  it('is shared by two launches at once', async () => {
    const path = join(directory.path, 'shared.sqlite');
    const stores = [0, 1].map(() => createSqliteRunStore(openDatabase(path, options), LIMITS));
    const results = await Promise.all(stores.map((store) => store.save(testSummary(), testRun())));
    expect(results).toEqual(['created', 'exists']);
    for (const store of stores) await store.close();
  });
});
