/**
 * The power of det-math, ported from FreeBSD's msun, itself from fdlibm:
 *
 *   Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 *   modify, and distribute this software is freely granted, provided that this notice is preserved.
 *
 * Numbers are split in a high and a low part by rounding to float32, where the original clears bits.
 */
import { expCorrection } from './det-exp.ts';
import { highWord, powerOfTwo, scaleByPowerOfTwo } from './float-bits.ts';

/**
 * base^exponent with the special cases of ECMAScript's `Math.pow` (so 1^Infinity is NaN);
 * error below 1 ulp, exact where base and exponent are integers and the result is representable.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  if (exponent === 2) return base * base;
  const magnitude = Math.abs(base);
  if (Math.abs(exponent) === Infinity) return limit(magnitude, exponent);
  const negative = (base < 0 || 1 / base < 0) && isOdd(exponent);
  if (magnitude === 0 || magnitude === Infinity) {
    const value = exponent > 0 ? magnitude : 1 / magnitude;
    return negative ? -value : value;
  }
  if (base < 0 && Math.floor(exponent) !== exponent) return Number.NaN;
  const value = positivePow(magnitude, exponent);
  return negative ? -value : value;
}

function limit(magnitude: number, exponent: number): number {
  if (magnitude === 1) return Number.NaN;
  return magnitude > 1 === exponent > 0 ? Infinity : 0;
}

function isOdd(value: number): boolean {
  const half = value / 2;
  return Math.floor(value) === value && Math.floor(half) !== half;
}

const CERTAIN_OVERFLOW_EXPONENT = 18446744073709552000;
const LARGE_EXPONENT = 2147483648;
const NEAR_ONE = 9.5367431640625e-7;
const MIN_NORMAL_HIGH = 0x00100000;
const TWO_53 = 9007199254740992;

/** log2 of the last call, as a sum: `log2High` is a float32, so products of two are exact. */
let log2High = 0;
let log2Low = 0;

/** Method: 2^(exponent * log2(base)), the logarithm and the product kept in about 75 bits. */
function positivePow(base: number, exponent: number): number {
  if (Math.abs(exponent) > LARGE_EXPONENT) {
    const always = Math.abs(exponent) > CERTAIN_OVERFLOW_EXPONENT;
    const near = Math.abs(base - 1) < NEAR_ONE;
    if (base === 1) return 1;
    if (always || !near) return limit(base, exponent);
    splitLog2NearOne(base);
  } else {
    splitLog2(base);
  }
  const exponentHigh = Math.fround(exponent);
  const low = (exponent - exponentHigh) * log2High + exponent * log2Low;
  const high = exponentHigh * log2High;
  const sum = low + high;
  if (sum > 1024) return Infinity;
  if (sum < -1075) return 0;
  return exp2(high, low);
}

const INVERSE_LN2_HIGH = 1.4426950216293335;
const INVERSE_LN2_LOW = 1.9259629911266175e-8;

/**
 * log2(x) for |x - 1| < 2^-20, from the Taylor series of ln(1 + t). Unlike the original, t is split
 * too: rounding its product with 1 / ln 2 would cost a power near the overflow some 2^8 ulp.
 */
function splitLog2NearOne(x: number): void {
  const t = x - 1;
  const tHigh = Math.fround(t);
  const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
  const u = INVERSE_LN2_HIGH * tHigh;
  const v = INVERSE_LN2_HIGH * (t - tHigh) + t * INVERSE_LN2_LOW - w * Math.LOG2E;
  log2High = Math.fround(u + v);
  log2Low = v - (log2High - u);
}

const TWO_THIRDS_LOG2_E = 0.9617966939259756;
const TWO_THIRDS_LOG2_E_HIGH = 0.9617967009544373;
const TWO_THIRDS_LOG2_E_LOW = -7.028461650952758e-9;
const LOG2_THREE_HALVES_HIGH = 0.5849624872207642;
const LOG2_THREE_HALVES_LOW = 1.350039202129749e-8;
const SQRT_THREE_HALVES = 1.224744871391589;
const SQRT_THREE = 1.7320508075688772;

/**
 * log2(x) for finite x > 0: x = 2^n m with m in [sqrt(3)/2, sqrt(3)], c the nearer of 1 and 3/2, and
 * ln(m / c) = 2s + (2/3)s³ + ... with s = (m - c) / (m + c).
 */
function splitLog2(x: number): void {
  const normal = highWord(x) < MIN_NORMAL_HIGH ? x * TWO_53 : x;
  const exponent = (highWord(normal) >> 20) - 1023;
  const significand = normal * powerOfTwo(-exponent);
  const isNearTwo = significand >= SQRT_THREE;
  const m = isNearTwo ? significand / 2 : significand;
  const isNearThreeHalves = m > SQRT_THREE_HALVES;
  const n = exponent + (isNearTwo ? 1 : 0) - (normal === x ? 0 : 53);
  splitRatio(m, isNearThreeHalves ? 1.5 : 1);
  const u = TWO_THIRDS_LOG2_E_HIGH * ratioHigh;
  const tail = isNearThreeHalves ? LOG2_THREE_HALVES_LOW : 0;
  const head = isNearThreeHalves ? LOG2_THREE_HALVES_HIGH : 0;
  const v = TWO_THIRDS_LOG2_E_LOW * ratioHigh + ratioLow * TWO_THIRDS_LOG2_E + tail;
  log2High = Math.fround(u + v + head + n);
  log2Low = v - (log2High - n - head - u);
}

/** (3/2) ln(m / c) of the last call to `splitRatio`, as a sum. */
let ratioHigh = 0;
let ratioLow = 0;

function splitRatio(m: number, c: number): void {
  const difference = m - c;
  const inverse = 1 / (m + c);
  const s = difference * inverse;
  const sHigh = Math.fround(s);
  const sumHigh = Math.fround(m + c);
  const sumLow = m - (sumHigh - c);
  const sLow = inverse * (difference - sHigh * sumHigh - sHigh * sumLow);
  const square = sHigh * sHigh;
  const r = seriesTail(s * s) + sLow * (sHigh + s);
  const factorHigh = Math.fround(3 + square + r);
  const factorLow = r - (factorHigh - 3 - square);
  const u = sHigh * factorHigh;
  const v = sLow * factorHigh + factorLow * s;
  ratioHigh = Math.fround(u + v);
  ratioLow = v - (ratioHigh - u);
}

/** What remains of (3/2) ln((1 + s) / (1 - s)) / s - 3 - s², as a polynomial in z = s². */
function seriesTail(z: number): number {
  const tail = 0.272728123808534 + z * (0.23066074577556175 + z * 0.20697501780033842);
  const head = 0.4285714285785502 + z * (0.33333332981837743 + z * tail);
  return z * z * (0.5999999999999946 + z * head);
}

const LN2_HIGH = 0.6931471824645996;
const LN2_LOW = -1.904654299957768e-9;

/** 2^(high + low) for a sum within double range, |low| much below |high|. */
function exp2(high: number, low: number): number {
  const n = Math.floor(high + low + 0.5);
  const head = high - n;
  const t = Math.fround(low + head);
  const u = t * LN2_HIGH;
  const v = (low - (t - head)) * Math.LN2 + t * LN2_LOW;
  const z = u + v;
  const w = v - (z - u);
  const c = expCorrection(z);
  return scaleByPowerOfTwo(1 - ((z * c) / (c - 2) - (w + z * w) - z), n);
}
