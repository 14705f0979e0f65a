import { describe, expect, it } from 'vitest';
import { ClassDraw, sharesAt } from './class-draw.ts';

describe('the draw of classes', () => {
  it('gives each class its share within a few dozen requests', () => {
    const shares = { home: 6, read: 3, write: 1, unused: 0 };
    for (const seed of [0, 1, 77, 4_294_967_295]) {
      const draw = new ClassDraw(seed);
      const counts = { home: 0, read: 0, write: 0, unused: 0 };
      for (let i = 0; i < 50; i++) {
        const name = draw.next(shares);
        if (name !== null) counts[name as keyof typeof counts]++;
      }
      expect(Math.abs(counts.home - 30)).toBeLessThanOrEqual(2);
      expect(Math.abs(counts.read - 15)).toBeLessThanOrEqual(2);
      expect(Math.abs(counts.write - 5)).toBeLessThanOrEqual(2);
      expect(counts.unused).toBe(0);
    }
  });

  it('tells different seeds apart and repeats itself for the same', () => {
    const shares = { a: 1, b: 1, c: 1 };
    const drawn = (seed: number) => {
      const draw = new ClassDraw(seed);
      return Array.from({ length: 12 }, () => draw.next(shares)).join('');
    };
    expect(drawn(5)).toBe(drawn(5));
    expect(drawn(5)).not.toBe(drawn(4_000_000_000));
  });

  it('draws nothing when no class has a share', () => {
    expect(new ClassDraw(1).next({})).toBeNull();
    expect(new ClassDraw(1).next({ a: 0 })).toBeNull();
  });

  it('follows the mix over time', () => {
    const mix = [
      { atSeconds: 0, shares: { a: 1 } },
      { atSeconds: 60, shares: { b: 1 } },
    ];
    expect(sharesAt(mix, 59.9)).toEqual({ a: 1 });
    expect(sharesAt(mix, 60)).toEqual({ b: 1 });
  });
});
