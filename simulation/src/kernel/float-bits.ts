/**
 * A double seen as its two 32-bit words (IEEE 754 binary64). The word order of this machine is
 * found once at load, so nothing here assumes little-endian.
 */
const FLOAT = new Float64Array(1);
const WORDS = new Int32Array(FLOAT.buffer);

FLOAT[0] = 1;
const HIGH = WORDS[1] === 0 ? 0 : 1;
const LOW = 1 - HIGH;

const LEAST_EXPONENT = -1074;
const GREATEST_EXPONENT = 1023;
const POWERS_OF_TWO = powersOfTwo();

/** Sign, exponent and top 20 bits of the significand, as an int32. */
export function highWord(value: number): number {
  FLOAT[0] = value;
  return WORDS[HIGH] as number;
}

/** Low 32 bits of the significand, as an int32. */
export function lowWord(value: number): number {
  FLOAT[0] = value;
  return WORDS[LOW] as number;
}

/** The double made of these two words (their low 32 bits). */
export function fromWords(high: number, low: number): number {
  WORDS[HIGH] = high;
  WORDS[LOW] = low;
  return FLOAT[0] as number;
}

/** 2^exponent, exact, for exponent in [-1074, 1023]. */
export function powerOfTwo(exponent: number): number {
  return POWERS_OF_TWO[exponent - LEAST_EXPONENT] as number;
}

/** value * 2^exponent for |value| in [0.5, 2] and exponent in [-1100, 1024], rounded once. */
export function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent > GREATEST_EXPONENT) return value * 2 * powerOfTwo(exponent - 1);
  if (exponent > -1022) return value * powerOfTwo(exponent);
  return value * powerOfTwo(exponent + 128) * powerOfTwo(-128);
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(GREATEST_EXPONENT - LEAST_EXPONENT + 1);
  let power = Number.MIN_VALUE;
  for (let index = 0; index < powers.length; index += 1) {
    powers[index] = power;
    power *= 2;
  }
  return powers;
}
