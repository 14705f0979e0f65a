/**
 * The exponential of det-math, ported from FreeBSD's msun, itself from fdlibm:
 *
 *   Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 *   modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import { scaleByPowerOfTwo } from './float-bits.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const HALF_LN2 = 0.34657359027997264;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;
const TINY = 3.725290298461914e-9;

/**
 * e^value, error below 1 ulp; overflows to Infinity, underflows through subnormals to 0.
 * Method: value = k ln 2 + r with |r| <= ln(2)/2, then e^r from a rational Remez approximation.
 */
export function exp(value: number): number {
  if (value > OVERFLOW) return Infinity;
  if (value < UNDERFLOW) return 0;
  const magnitude = Math.abs(value);
  if (magnitude < TINY) return 1 + value;
  // NaN goes this way too; for the others a shorter one to the same bits as with k = 0.
  if (!(magnitude > HALF_LN2)) return expReduced(value, 0);
  const k = Math.floor(Math.LOG2E * value + 0.5);
  return scaleByPowerOfTwo(expReduced(value - k * LN2_HIGH, k * LN2_LOW), k);
}

/** e^(high - low) for |high - low| <= ln(2)/2, low being what the reduction rounded off. */
function expReduced(high: number, low: number): number {
  const r = high - low;
  const c = expCorrection(r);
  return 1 + ((r * c) / (2 - c) - low + high);
}

/** c(r) with e^r = 1 + r + r c / (2 - c) for |r| <= ln(2)/2, by its Remez polynomial in r². */
export function expCorrection(r: number): number {
  const z = r * r;
  const tail = 6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8);
  return r - z * (0.16666666666666602 + z * (-2.7777777777015593e-3 + z * tail));
}
