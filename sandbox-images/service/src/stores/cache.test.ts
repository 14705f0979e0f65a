import { afterEach, expect, it, vi } from 'vitest';
import { FakeStores } from '../testing/fake-stores.ts';
import { Cache } from './cache.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('holds an item from when it is set until it is forgotten', async () => {
  const cache = new Cache(new FakeStores().openCache(), () => 0);
  const found = (value: boolean) => ({ ok: true, value, tookMs: 0 });
  expect(await cache.get(7)).toEqual(found(false));
  await cache.set(7, Buffer.from('value'));
  expect(await cache.get(7)).toEqual(found(true));
  await cache.forget(7);
  expect(await cache.get(7)).toEqual(found(false));
});

it('is done without when it does not answer for a second, or fails', async () => {
  vi.useFakeTimers();
  const silent = { ready: true, ask: () => new Promise<never>(() => {}), close: () => {} };
  const answer = new Cache(silent, () => 0).get(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await answer).toEqual({ ok: false, cause: 'time-out' });
  const broken = { ...silent, ask: () => Promise.reject(new Error('broke')) };
  expect(await new Cache(broken, () => 0).get(1)).toEqual({ ok: false, cause: 'node-down' });
});
