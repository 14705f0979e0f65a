import { describe, expect, it } from 'vitest';
import { fromWords, highWord, lowWord, powerOfTwo, scaleByPowerOfTwo } from './float-bits.ts';

describe('the words of a double', () => {
  it('are the IEEE 754 ones, whatever the machine', () => {
    expect(highWord(1)).toBe(0x3ff00000);
    expect(lowWord(1)).toBe(0);
    expect(highWord(-2) >>> 0).toBe(0xc0000000);
    expect(highWord(Math.PI)).toBe(0x400921fb);
    expect(lowWord(Math.PI)).toBe(0x54442d18);
  });

  it('make the double again', () => {
    for (const value of [0, -0, 1.1, -Math.PI, Number.MIN_VALUE, Number.MAX_VALUE, -Infinity]) {
      expect(fromWords(highWord(value), lowWord(value))).toBe(value);
    }
  });
});

describe('powers of two', () => {
  it('are exact from the least subnormal to the greatest', () => {
    for (let exponent = -1074; exponent <= 1023; exponent += 1) {
      expect(powerOfTwo(exponent)).toBe(2 ** exponent);
    }
  });

  it('scale with a single rounding', () => {
    expect(scaleByPowerOfTwo(1.5, 10)).toBe(1536);
    expect(scaleByPowerOfTwo(0.75, 1024)).toBe(0.75 * 2 ** 1023 * 2);
    expect(scaleByPowerOfTwo(1.5, -1074)).toBe(Number.MIN_VALUE * 2);
    expect(scaleByPowerOfTwo(1, -1076)).toBe(0);
    expect(scaleByPowerOfTwo(-1.25, -1022)).toBe(-1.25 * 2 ** -1022);
  });
});
