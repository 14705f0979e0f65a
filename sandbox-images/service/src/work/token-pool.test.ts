import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Taken, TokenPool, type TokenSeeker } from './token-pool.ts';

class Seeker implements TokenSeeker {
  abandoned = false;
  #listener: (() => void) | null = null;

  onAbandon(listener: (() => void) | null): void {
    this.#listener = listener;
  }

  abandon(): void {
    this.abandoned = true;
    this.#listener?.();
  }
}

describe('the token pool', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function fill(pool: TokenPool, names: readonly string[]) {
    const taken: string[] = [];
    const seekers = names.map((name) => {
      const seeker = new Seeker();
      void Promise.resolve(pool.take(seeker)).then((how: Taken) => taken.push(`${name} ${how}`));
      return seeker;
    });
    await vi.advanceTimersByTimeAsync(0);
    return { taken, seekers };
  }

  it('hands tokens out first come first served', async () => {
    const pool = new TokenPool({ size: 1, timeoutMs: 100 });
    const { taken } = await fill(pool, ['a', 'b', 'c']);
    expect(taken).toEqual(['a granted']);
    pool.give();
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual(['a granted', 'b granted']);
  });

  it('lets nobody wait longer than the time-out, and skips who has left', async () => {
    const pool = new TokenPool({ size: 1, timeoutMs: 100 });
    const { taken, seekers } = await fill(pool, ['a', 'b', 'c']);
    seekers[1]?.abandon();
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual(['a granted', 'b left']);
    await vi.advanceTimersByTimeAsync(99);
    expect(taken).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(taken).toEqual(['a granted', 'b left', 'c timed-out']);
    pool.give();
    expect(pool.take(new Seeker())).toBe('granted');
  });

  it('a larger limit serves who waits; a smaller one takes nothing back', async () => {
    const pool = new TokenPool({ size: 1, timeoutMs: 100 });
    const { taken } = await fill(pool, ['a', 'b', 'c', 'd']);
    pool.setLimit({ size: 3, timeoutMs: 100 });
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual(['a granted', 'b granted', 'c granted']);
    pool.setLimit({ size: 1, timeoutMs: 100 });
    pool.give();
    pool.give();
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toHaveLength(3);
    pool.give();
    await vi.advanceTimersByTimeAsync(0);
    expect(taken.at(-1)).toBe('d granted');
  });
});
