/**
 * Logarithm, exponential and power that give the same bits in every engine: only + - * / and bit
 * views, all fixed by IEEE 754. The logarithm is ported from FreeBSD's msun, itself from fdlibm:
 *
 *   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 *   modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import { highWord, powerOfTwo } from './float-bits.ts';

export { exp } from './det-exp.ts';
export { pow } from './det-pow.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TWO_54 = 18014398509481984;
const MIN_NORMAL_HIGH = 0x00100000;
const SQRT_HALF_HIGH = 0x3fe6a09e;
const ONE_HIGH = 0x3ff00000;

/**
 * Natural logarithm, error below 1 ulp; NaN below zero, -Infinity at either zero.
 * Method: value = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)], then ln(1 + f) from a minimax
 * polynomial in s = f / (2 + f).
 */
export function ln(value: number): number {
  if (!(value > 0)) return value === 0 ? -Infinity : Number.NaN;
  if (value === Infinity) return Infinity;
  let k = 0;
  let x = value;
  if (highWord(x) < MIN_NORMAL_HIGH) {
    k = -54;
    x *= TWO_54;
  }
  const exponent = ((highWord(x) + (ONE_HIGH - SQRT_HALF_HIGH)) >> 20) - 1023;
  k += exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const r = remainder(s * s);
  return s * (halfSquare + r) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH;
}

/** (ln(1 + f) - 2s) / s as a polynomial in z = s². */
function remainder(z: number): number {
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    0.6666666666666735 +
    w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586));
  return z * even + odd;
}
