import { describe, expect, it } from 'vitest';
import { MAX_SEED, parseSeed, randomSeed } from './seed.ts';

describe('seeds', () => {
  it.each([
    ['0', 0],
    [' 42 ', 42],
    ['4294967295', MAX_SEED],
    ['4294967296', null],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['', null],
  ])('reads %j as %s', (text, seed) => {
    expect(parseSeed(text)).toBe(seed);
  });

  it('draws whole numbers in range', () => {
    const seed = randomSeed();
    expect(Number.isInteger(seed)).toBe(true);
    expect(parseSeed(String(seed))).toBe(seed);
  });
});
