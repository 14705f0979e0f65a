import { describe, expect, it } from 'vitest';
import { sampleConfiguration } from '../testing/sample-configuration.ts';
import { serviceUnderTest } from '../testing/service-under-test.ts';
import { settle } from '../testing/settle.ts';

const SERVED = 'devops_request_duration_seconds_count';
const errors = (cause: string) => `devops_request_errors_total{cause="${cause}"}`;
const callErrors = (target: string, cause: string) =>
  `devops_call_errors_total{target="${target}",cause="${cause}"}`;
const answered = (target: string) => `devops_call_duration_seconds_count{target="${target}"}`;

describe('a request', () => {
  it('of static work is one burst of its demand, counted with its time from arrival', async () => {
    const { take, work, time, bursts, answers, sample } = serviceUnderTest();
    take('home');
    expect(bursts.map(({ ms }) => ms)).toEqual([2]);
    time.ms = 40;
    await work();
    expect(answers).toEqual([null]);
    expect(await sample('devops_requests_received_total')).toBe(1);
    expect(await sample(SERVED)).toBe(1);
    expect(await sample('devops_request_duration_seconds_sum')).toBe(0.04);
    expect(await sample('devops_requests_good_total')).toBe(1);
  });

  it('served late is not good', async () => {
    const { take, work, time, sample } = serviceUnderTest();
    take('home');
    time.ms = 501;
    await work();
    expect([await sample(SERVED), await sample('devops_requests_good_total')]).toEqual([1, 0]);
  });

  it('that reads asks the cache, on a miss the database, and leaves the answer in the cache', async () => {
    const { take, work, stores, answers, sample } = serviceUnderTest();
    take('read');
    await work();
    expect(stores.commands).toEqual(['GET item:0']);
    expect(stores.asked).toMatchObject([{ statement: 'read', key: 0, rowCount: 1_400 }]);
    stores.asked[0]?.answer();
    await settle();
    expect(stores.commands).toEqual(['GET item:0', 'SET item:0']);
    take('read');
    await work();
    expect(stores.asked).toHaveLength(1);
    expect(answers).toEqual([null, null]);
    expect([await sample(answered('primary')), await sample(answered('cache'))]).toEqual([1, 3]);
  });

  it('that writes asks the primary and lets the cache forget the item', async () => {
    const { take, work, stores, answers } = serviceUnderTest();
    take('write');
    await work();
    expect(stores.asked).toMatchObject([{ statement: 'write', key: 0, rowCount: 4_200 }]);
    stores.asked[0]?.answer();
    await settle();
    expect(stores.commands).toEqual(['DEL item:0']);
    expect(answers).toEqual([null]);
  });

  it('of a class that is not known is not taken', () => {
    const { take } = serviceUnderTest();
    expect([take('nothing'), take('__proto__'), take('constructor')]).toEqual([null, null, null]);
  });
});

describe('a request is dropped', () => {
  it('when the backlog is full', async () => {
    const { take, work, answers, sample } = serviceUnderTest({ backlog: 1 });
    take('home');
    take('home');
    expect(answers).toEqual([{ cause: 'queue-full', node: 'web', countedAs: 'queue-full' }]);
    await work();
    take('home');
    expect(answers).toHaveLength(2);
    expect(await sample(errors('queue-full'))).toBe(1);
    expect(await sample('devops_requests_received_total')).toBe(3);
    expect(await sample('devops_requests_in_flight')).toBe(1);
    expect(await sample('devops_requests_in_flight_peak')).toBe(1);
  });

  it('when no connection of the pool gets free in time', async () => {
    const pool = { size: 1, timeoutMs: 20 };
    const { take, work, stores, answers, sample } = serviceUnderTest({ pool, caches: [] });
    take('read');
    await work();
    take('read');
    await work();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(answers).toMatchObject([{ cause: 'pool-exhausted', node: 'web' }]);
    expect(await sample(errors('pool-exhausted'))).toBe(1);
    expect(stores.asked).toHaveLength(1);
  });

  it.each([
    [{ code: '55P03', severity: 'ERROR' }, 'lock-time-out'],
    [{ code: '57P01', severity: 'FATAL' }, 'node-down'],
  ] as const)('when the database fails with %o', async (error, cause) => {
    const { take, work, stores, answers, sample } = serviceUnderTest();
    take('write');
    await work();
    stores.asked[0]?.fail(error);
    await settle();
    expect(answers).toEqual([{ cause, node: 'primary', countedAs: 'dependency-failed' }]);
    expect(await sample(errors('dependency-failed'))).toBe(1);
    expect(await sample(callErrors('primary', cause))).toBe(1);
    expect(await sample(answered('primary'))).toBe(0);
  });

  it('when nothing is linked for what it asks', async () => {
    const links = { reads: [], writes: null, caches: [] };
    const { take, work, answers, sample } = serviceUnderTest(links);
    take('read');
    await work();
    take('write');
    await work();
    expect(answers).toMatchObject([{ cause: 'no-route' }, { cause: 'no-route', node: 'web' }]);
    expect(await sample(errors('no-route'))).toBe(2);
  });

  it('when its client goes: at the end of the burst it is in', async () => {
    const { service, take, work, answers, sample } = serviceUnderTest();
    const request = take('read');
    if (request !== null) service.hangUp(request);
    expect(answers).toMatchObject([{ cause: 'time-out', node: 'web' }]);
    expect(await sample('devops_requests_in_flight')).toBe(1);
    await work();
    expect(await sample('devops_requests_in_flight')).toBe(0);
    expect(await sample(errors('time-out'))).toBe(1);
  });

  it('when its time is over in a query: the store is what timed out', async () => {
    const { service, take, work, stores, sample } = serviceUnderTest();
    const request = take('read');
    await work();
    if (request !== null) service.hangUp(request);
    stores.asked[0]?.answer();
    await settle();
    expect(await sample(errors('dependency-failed'))).toBe(1);
    expect(await sample(callErrors('primary', 'time-out'))).toBe(1);
    expect(stores.commands).toEqual(['GET item:0']);
  });

  it('when its time is over in the line for a connection: at once', async () => {
    const pool = { size: 1, timeoutMs: 10_000 };
    const { service, take, work, stores, sample } = serviceUnderTest({ pool, caches: [] });
    take('read');
    await work();
    const second = take('read');
    await work();
    if (second !== null) service.hangUp(second);
    await settle();
    expect(await sample(errors('time-out'))).toBe(1);
    stores.asked[0]?.answer();
    await settle();
    expect(await sample(SERVED)).toBe(1);
  });
});

describe('stores that are away', () => {
  it('a cache that is away is done without', async () => {
    const { take, work, stores, answers, sample } = serviceUnderTest();
    stores.cacheReady = false;
    take('read');
    await work();
    stores.asked[0]?.answer();
    await settle();
    expect(answers).toEqual([null]);
    expect(stores.commands).toEqual([]);
    expect(await sample('devops_calls_sent_total{target="cache"}')).toBe(0);
  });

  it('reads take the databases by turns, pass over one that is away, and fall to the primary', async () => {
    const reads = ['one', 'two'].map((node) => ({ node, host: node }));
    const { take, work, stores } = serviceUnderTest({ reads, caches: [] });
    await settle();
    const ask = async (): Promise<string | undefined> => {
      take('read');
      await work();
      stores.asked.at(-1)?.answer();
      await settle();
      return stores.asked.at(-1)?.host;
    };
    expect([await ask(), await ask(), await ask()]).toEqual(['one', 'two', 'one']);
    for (const node of ['one', 'two']) breakDown(stores, node);
    await ask();
    await ask();
    await ask();
    expect(await ask()).toBe('primary');
  });
});

/** The idle connection breaks and no other can be opened. */
function breakDown(stores: ReturnType<typeof serviceUnderTest>['stores'], host: string): void {
  stores.unreachable.set(host, { code: 'EHOSTUNREACH' });
  for (const lose of stores.lost(host)) lose();
}

describe('a new configuration', () => {
  it('is in force for the next request; those under way end as they began', async () => {
    const { service, take, work, stores, answers } = serviceUnderTest({ caches: [] });
    await settle();
    take('read');
    await work();
    const other = { node: 'other', host: 'other' };
    service.configure(sampleConfiguration({ reads: [other], writes: null, caches: [] }));
    await settle();
    take('read');
    await work();
    for (const query of stores.asked) query.answer();
    await settle();
    expect(stores.asked.map(({ host }) => host)).toEqual(['primary', 'other']);
    expect(answers).toEqual([null, null]);
    expect(stores.open.get('primary')).toBe(0);
    expect(stores.open.get('other')).toBeGreaterThan(0);
  });

  it('changes limits at once', async () => {
    const { service, take, bursts, answers } = serviceUnderTest({ backlog: 2 });
    take('home');
    take('home');
    service.configure(sampleConfiguration({ backlog: 3, workers: 3 }));
    take('home');
    expect(bursts).toHaveLength(3);
    take('home');
    expect(answers).toMatchObject([{ cause: 'queue-full' }]);
  });
});
