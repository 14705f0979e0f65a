import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeStores } from '../testing/fake-stores.ts';
import { SqlDatabase } from './sql-database.ts';

const ADDRESS = { host: 'sql', port: 5432, password: '', lockTimeoutMs: 1_000 };
let stores: FakeStores;
let database: SqlDatabase;
const opened = () => stores.open.get('sql') ?? 0;
const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  stores = new FakeStores();
  database = new SqlDatabase({ address: ADDRESS, open: stores.openSql, clock: () => Date.now() });
});
afterEach(() => {
  database.drain();
  vi.useRealTimers();
});

async function ask(): Promise<ReturnType<SqlDatabase['query']>> {
  const answer = database.query('read', 1, 10);
  await passed(0);
  return answer;
}

describe('a database', () => {
  it('is connected ahead of need, and keeps one connection when none is used', async () => {
    await database.warmUp(['read']);
    expect(opened()).toBe(1);
    const answers = [database.query('read', 1, 10), database.query('read', 2, 10)];
    await passed(0);
    for (const query of stores.asked) query.answer();
    await Promise.all(answers);
    expect(opened()).toBe(2);
    await passed(5_600);
    expect(opened()).toBe(1);
    await passed(60_000);
    expect(opened()).toBe(1);
  });

  it('opens a connection for a query that finds none idle, and uses it again', async () => {
    const answers = [database.query('read', 1, 10), database.query('read', 2, 10)];
    await passed(5);
    expect(opened()).toBe(2);
    for (const query of stores.asked) query.answer();
    expect(await Promise.all(answers)).toEqual([
      { ok: true, value: null, tookMs: 5 },
      { ok: true, value: null, tookMs: 5 },
    ]);
    const third = database.query('read', 3, 10);
    await passed(0);
    expect(opened()).toBe(2);
    stores.asked[2]?.answer();
    await third;
  });

  it('that cannot be reached is passed over for half a second', async () => {
    stores.unreachable.set('sql', { code: 'EHOSTUNREACH' });
    expect(await ask()).toEqual({ ok: false, cause: 'node-down' });
    expect(database.ready).toBe(false);
    stores.unreachable.clear();
    expect(await ask()).toEqual({ ok: false, cause: 'node-down' });
    await passed(500);
    expect(database.ready).toBe(true);
    void ask();
    await passed(0);
    expect(stores.asked).toHaveLength(1);
  });

  it('that has no connection left is not passed over', async () => {
    stores.unreachable.set('sql', { code: '53300', severity: 'FATAL' });
    expect(await ask()).toEqual({ ok: false, cause: 'connection-refused' });
    expect(database.ready).toBe(true);
  });

  it('is connected again by itself once it is back', async () => {
    stores.unreachable.set('sql', { code: 'ECONNREFUSED' });
    await database.warmUp(['read']);
    expect(opened()).toBe(0);
    stores.unreachable.clear();
    await passed(1_100);
    expect(opened()).toBe(1);
  });

  it('forgets an idle connection that broke, and closes one whose query failed with it', async () => {
    await database.warmUp([]);
    for (const lose of stores.lost('sql')) lose();
    const answer = database.query('read', 1, 10);
    await passed(0);
    expect(opened()).toBe(2);
    stores.asked[0]?.fail(new Error('Connection terminated unexpectedly'));
    expect(await answer).toEqual({ ok: false, cause: 'node-down' });
    expect(opened()).toBe(1);
  });

  it('drained, lets queries end and closes their connections', async () => {
    await database.warmUp([]);
    const answer = database.query('write', 1, 10);
    await passed(0);
    database.drain();
    expect(opened()).toBe(1);
    stores.asked[0]?.answer();
    expect((await answer).ok).toBe(true);
    expect(opened()).toBe(0);
  });
});
