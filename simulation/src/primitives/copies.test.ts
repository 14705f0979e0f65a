import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { Copies } from './copies.ts';

describe('Copies', () => {
  function copies(count: number): Copies {
    const made = new Copies(2, createStream(1, 'copies'));
    made.count = count;
    made.lagMs = 10;
    made.write(0, 100);
    return made;
  }

  const staleOf = (made: Copies, item: number, nowMs: number) =>
    Array.from({ length: 3_000 }, () => Number(made.readsStale(item, nowMs)));

  it('answer stale from all but one while the latest write is on its way', () => {
    expect(errorsOff(estimate(staleOf(copies(3), 0, 109.9)), 2 / 3)).toBeLessThan(4);
    expect(staleOf(copies(3), 0, 110)).not.toContain(1);
  });

  it('are behind from the latest write on', () => {
    const made = copies(3);
    made.write(0, 108);
    expect(staleOf(made, 0, 112)).toContain(1);
  });

  it('answer fresh what was never written, and when there is one only', () => {
    expect(staleOf(copies(3), 1, 0)).not.toContain(1);
    expect(staleOf(copies(1), 0, 105)).not.toContain(1);
  });
});
