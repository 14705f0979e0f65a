import { exp, ln } from './det-math.ts';
import { highWord, lowWord } from './float-bits.ts';
import { standardExponential, standardNormal } from './ziggurat.ts';

export { createZipf, type ZipfSampler } from './zipf.ts';

/** A deterministic sequence of draws; its four words of state are all there is to it. */
export interface RandomStream {
  /** An integer in [0, 2^32). */
  nextUint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  nextFloat(): number;
  /** An integer in [0, bound); the bias is below bound / 2^53. */
  nextIndex(bound: number): number;
  /** A draw of the exponential law with this mean. */
  exponential(mean: number): number;
  /**
   * A draw with this mean and coefficient of variation (both >= 0): exponential when cv is 1,
   * constant (and drawing nothing) when cv is 0, else lognormal.
   */
  serviceTime(mean: number, cv: number): number;
  /** The four words as they are now. */
  readonly state: Uint32Array;
  /** Continues from four words taken earlier; RangeError when they are not four. */
  restore(words: ArrayLike<number>): void;
}

/**
 * The stream a run draws from for one concern: the same seed and name give the same draws, streams
 * of different names are unrelated. Throws RangeError unless the seed is a uint32.
 */
export function createStream(seed: number, name: string): RandomStream {
  if (seed >>> 0 !== seed) throw new RangeError(`seed must be a uint32: ${seed}`);
  const stream = new Sfc32Stream();
  stream.restore(mixSeed(seed, name));
  for (let discarded = 0; discarded < WARM_UP; discarded += 1) stream.nextUint32();
  return stream;
}

const WARM_UP = 15;
const TWO_26 = 67108864;
const TWO_MINUS_53 = 1.1102230246251565e-16;

/** Source: sfc32, Chris Doty-Humphrey, PractRand (public domain). */
class Sfc32Stream implements RandomStream {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 0;

  get state(): Uint32Array {
    return Uint32Array.of(this.a, this.b, this.c, this.counter);
  }

  nextUint32(): number {
    const { a, b, c, counter } = this;
    const result = (a + b + counter) | 0;
    this.a = b ^ (b >>> 9);
    this.b = (c + (c << 3)) | 0;
    this.c = (((c << 21) | (c >>> 11)) + result) | 0;
    this.counter = (counter + 1) | 0;
    return result >>> 0;
  }

  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    return (high * TWO_26 + (this.nextUint32() >>> 6)) * TWO_MINUS_53;
  }

  nextIndex(bound: number): number {
    return Math.floor(this.nextFloat() * bound);
  }

  exponential(mean: number): number {
    return mean * standardExponential(this);
  }

  serviceTime(mean: number, cv: number): number {
    if (cv === 1) return mean * standardExponential(this);
    if (cv === 0) return mean;
    const law = lognormalIndex(cv);
    const sigma = cachedSigma[law] as number;
    return mean * exp((cachedShift[law] as number) + sigma * standardNormal(this));
  }

  restore(words: ArrayLike<number>): void {
    if (words.length !== 4) throw new RangeError(`sfc32 has 4 words of state, not ${words.length}`);
    const [a, b, c, counter] = Int32Array.from(words) as unknown as [
      number,
      number,
      number,
      number,
    ];
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
  }
}

const CACHED = 256;
const cachedCv = new Float64Array(CACHED);
const cachedSigma = new Float64Array(CACHED);
const cachedShift = new Float64Array(CACHED);

/**
 * Where the lognormal law of mean 1 and this cv is cached: exp(shift + sigma * normal) draws it.
 * Source: its mean is exp(mu + sigma²/2), its cv² is exp(sigma²) - 1.
 */
function lognormalIndex(cv: number): number {
  const index = Math.imul(highWord(cv) ^ lowWord(cv), 0x9e3779b1) >>> 24;
  if (cachedCv[index] !== cv) {
    const variance = ln(1 + cv * cv);
    cachedCv[index] = cv;
    cachedSigma[index] = Math.sqrt(variance);
    cachedShift[index] = -variance / 2;
  }
  return index;
}

/** Four words from a seed and a name, after cyrb128 (bryc, public domain), the seed mixed in first. */
function mixSeed(seed: number, name: string): [number, number, number, number] {
  let h1 = 1779033703 ^ seed;
  let h2 = 3144134277 ^ Math.imul(seed, 0x85ebca6b);
  let h3 = 1013904242 ^ Math.imul(seed, 0xc2b2ae35);
  let h4 = 2773480762 ^ Math.imul(seed, 0x9e3779b1);
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179);
  }
  const m1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  const m2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  const m3 = Math.imul(m1 ^ (h3 >>> 17), 951274213);
  const m4 = Math.imul(m2 ^ (h4 >>> 19), 2716044179);
  return [m1 ^ m2 ^ m3 ^ m4, m2 ^ m1, m3 ^ m1, m4 ^ m1];
}
