import { describe, expect, it, vi } from 'vitest';
import { fakeRedis } from '../testing/fake-redis.ts';
import { openRedisConnection } from './redis-connection.ts';

const isReady = (connection: { ready: boolean }) =>
  vi.waitFor(() => expect(connection.ready).toBe(true), 5_000);

describe('a connection to Redis', () => {
  it('answers commands in their order', async () => {
    await using redis = await fakeRedis((received) =>
      received.replaceAll(/\*2\r\n\$3\r\nGET\r\n\$1\r\n(.)\r\n/g, '+$1\r\n'),
    );
    const connection = openRedisConnection('127.0.0.1', redis.port);
    await isReady(connection);
    const asked = ['a', 'b', 'c'].map((key) => connection.ask('GET', key));
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c']);
    connection.close();
  });

  it('fails what the server refuses, and what nobody can answer', async () => {
    const connection = openRedisConnection('127.0.0.1', 1);
    await expect(connection.ask('GET', 'a')).rejects.toThrow('not connected');
    connection.close();
    await using redis = await fakeRedis(() => '-OOM no memory\r\n');
    const other = openRedisConnection('127.0.0.1', redis.port);
    await isReady(other);
    await expect(other.ask('SET', 'a', 'b')).rejects.toThrow('OOM no memory');
    other.close();
  });

  it('fails what was asked when it breaks, and connects again by itself', async () => {
    const first = await fakeRedis(() => null);
    const connection = openRedisConnection('127.0.0.1', first.port);
    await isReady(connection);
    const asked = connection.ask('GET', 'a');
    const failed = expect(asked).rejects.toThrow('broke');
    await first[Symbol.asyncDispose]();
    await failed;
    expect(connection.ready).toBe(false);
    await using _ = await fakeRedis(() => '+back\r\n', first.port);
    await isReady(connection);
    expect(await connection.ask('GET', 'a')).toBe('back');
    connection.close();
  });

  it('closes once what was asked is answered', async () => {
    await using redis = await fakeRedis(() => '+late\r\n');
    const connection = openRedisConnection('127.0.0.1', redis.port);
    await isReady(connection);
    const asked = connection.ask('GET', 'a');
    connection.close();
    expect(await asked).toBe('late');
    await vi.waitFor(() => expect(connection.ready).toBe(false), 5_000);
  });
});
