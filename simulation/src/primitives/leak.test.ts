import { describe, expect, it } from 'vitest';
import { Leak } from './leak.ts';

describe('a leak', () => {
  it('fills the memory after as many requests as it takes', () => {
    const leak = new Leak({ mibPerRequest: 0.5, mibPerMs: 0 }, 4, 0);
    const full = Array.from({ length: 8 }, (_, i) => leak.add(i));
    expect(full).toEqual([false, false, false, false, false, false, false, true]);
    expect(leak.lostMiB(8)).toBe(4);
  });

  it('fills it after as much time as it takes, and says when', () => {
    const leak = new Leak({ mibPerRequest: 0, mibPerMs: 0.25 }, 4, 100);
    expect([leak.lostMiB(50), leak.lostMiB(100), leak.lostMiB(104)]).toEqual([0, 0, 1]);
    expect(leak.fullAtMs()).toBe(116);
    expect([leak.isFull(115.9), leak.isFull(116)]).toEqual([false, true]);
  });

  it('adds what requests take to what time takes', () => {
    const leak = new Leak({ mibPerRequest: 1, mibPerMs: 0.25 }, 4, 0);
    leak.add(4);
    expect([leak.lostMiB(4), leak.fullAtMs()]).toEqual([2, 12]);
  });

  it('is full from the moment of the request that fills it on', () => {
    const leak = new Leak({ mibPerRequest: 2, mibPerMs: 0.25 }, 4, 0);
    expect([leak.add(2), leak.add(6)]).toEqual([false, true]);
    expect([leak.fullAtMs(), leak.isFull(5.9), leak.isFull(6)]).toEqual([6, false, true]);
  });

  it('goes on from what is lost when its rate changes', () => {
    const leak = new Leak({ mibPerRequest: 0, mibPerMs: 0.5 }, 4, 0);
    leak.change({ mibPerRequest: 0, mibPerMs: 0 }, 4);
    expect([leak.lostMiB(100), leak.fullAtMs()]).toEqual([2, Number.POSITIVE_INFINITY]);
  });

  it('begins again with all the memory after a reset', () => {
    const leak = new Leak({ mibPerRequest: 4, mibPerMs: 1 }, 4, 0);
    expect(leak.add(0)).toBe(true);
    leak.reset(50);
    expect([leak.lostMiB(20), leak.lostMiB(51), leak.fullAtMs()]).toEqual([0, 1, 54]);
  });
});
