import { describe, expect, it } from 'vitest';
import { UnflushedWrites } from './unflushed-writes.ts';

describe('UnflushedWrites', () => {
  it('loses what was written since the latest flush, once', () => {
    const writes = new UnflushedWrites();
    for (const atMs of [10, 190, 205, 399]) writes.add(atMs);
    expect([writes.lose(399.5), writes.lose(399.6)]).toEqual([2, 0]);
    writes.add(410);
    expect(writes.lose(600)).toBe(0);
  });
});
