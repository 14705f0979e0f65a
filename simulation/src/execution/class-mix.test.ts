import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { ClassMix } from './class-mix.ts';

const drawn = (mix: ClassMix, count: number) => Array.from({ length: count }, () => mix.draw());

describe('the mix of classes', () => {
  it('draws each class with its share, whatever the shares add up to', () => {
    const mix = new ClassMix(['home', 'search', 'unused', 'rest'], 3);
    expect(mix.setShares({ home: 6, search: 3, rest: 3, foreign: 9 })).toBe(true);
    const count = 40_000;
    const seen = drawn(mix, count);
    const shareOf = (place: number) => seen.filter((one) => one === place).length / count;
    for (const [place, share] of [0.5, 0.25, 0, 0.25].entries()) {
      const standardError = Math.sqrt((share * (1 - share)) / count);
      expect(Math.abs(shareOf(place) - share)).toBeLessThanOrEqual(4 * standardError);
    }
  });

  it('repeats itself for a seed and goes on through a change of shares', () => {
    const [one, other] = [new ClassMix(['a', 'b'], 9), new ClassMix(['a', 'b'], 9)];
    for (const mix of [one, other]) mix.setShares({ a: 1, b: 1 });
    expect(drawn(one, 50)).toEqual(drawn(other, 50));
    one.setShares({ a: 0, b: 1 });
    expect(new Set(drawn(one, 50))).toEqual(new Set([1]));
    const third = new ClassMix(['a', 'b'], 10);
    third.setShares({ a: 1, b: 1 });
    expect(drawn(third, 50)).not.toEqual(drawn(other, 50));
  });

  it('says when no class has a share', () => {
    expect(new ClassMix(['a'], 1).setShares({ a: 0 })).toBe(false);
    expect(new ClassMix(['a'], 1).setShares({ toString: 1 })).toBe(false);
  });

  it('draws from a stream of its own', () => {
    const mix = new ClassMix(['a', 'b'], 5);
    mix.setShares({ a: 1, b: 1 });
    drawn(mix, 3);
    const stream = createStream(5, 'classes');
    for (let i = 0; i < 3; i++) stream.nextFloat();
    expect([...mix.stream.state]).toEqual([...stream.state]);
  });
});
