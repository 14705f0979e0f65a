import { describe, expect, it } from 'vitest';
import { latestOnly } from './latest-only.ts';

describe('an action of which only the newest call counts', () => {
  it('runs one at a time and skips what was overtaken', async () => {
    const seen: number[] = [];
    let release = (): void => undefined;
    const act = latestOnly(async (value: number) => {
      seen.push(value);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const all = act(1);
    void act(2);
    void act(3);
    expect(seen).toEqual([1]);
    release();
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual([1, 3]);
    release();
    await all;
    expect(seen).toEqual([1, 3]);
  });

  it('works again after a failure', async () => {
    let fails = true;
    const seen: number[] = [];
    const act = latestOnly(async (value: number) => {
      if (fails) throw new Error('no');
      seen.push(value);
    });
    await expect(act(1)).rejects.toThrow('no');
    fails = false;
    await act(2);
    expect(seen).toEqual([2]);
  });
});
