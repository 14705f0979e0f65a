import { highWord, lowWord } from './float-bits.ts';

const INITIAL_LEFT = 0x243f6a88;
const INITIAL_RIGHT = 0x85a308d3;

/**
 * A running hash of a sequence of values, for comparing states and event streams between runs and
 * engines. Two 32-bit lanes with the constants and steps of MurmurHash3 (Appleby, public domain),
 * each fed by the other. Not cryptographic. The sequence of calls matters, not only their values.
 */
export class StateHash {
  private left = INITIAL_LEFT;
  private right = INITIAL_RIGHT;

  /** Mixes a safe integer (one word within int32, two beyond); RangeError on anything else. */
  mixInt(value: number): void {
    if (value === (value | 0)) this.mixWord(value | 0);
    else if (Number.isSafeInteger(value)) this.mixFloat(value);
    else throw new RangeError(`not a safe integer: ${value}`);
  }

  /** Mixes all 64 bits of a number, -0 as 0; RangeError on NaN. */
  mixFloat(value: number): void {
    if (Number.isNaN(value)) throw new RangeError('cannot hash NaN');
    const positiveZero = value + 0;
    this.mixWord(highWord(positiveZero));
    this.mixWord(lowWord(positiveZero));
  }

  /** Mixes a text's length and UTF-16 code units. */
  mixText(text: string): void {
    this.mixWord(text.length);
    for (let index = 0; index < text.length; index += 1) this.mixWord(text.charCodeAt(index));
  }

  /** 16 lower-case hexadecimal digits of everything mixed so far; the hash goes on unchanged. */
  digest(): string {
    const left = finalise(this.left ^ Math.imul(this.right, 0x9e3779b1));
    const right = finalise(this.right ^ left);
    return hex(left) + hex(right);
  }

  /** The running state as two uint32, for a snapshot. */
  words(): [number, number] {
    return [this.left >>> 0, this.right >>> 0];
  }

  /** Continues from words taken earlier. */
  restore(words: readonly [number, number]): void {
    this.left = words[0] | 0;
    this.right = words[1] | 0;
  }

  private mixWord(word: number): void {
    const left = this.left ^ Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    const right = this.right ^ Math.imul(rotate(Math.imul(word, 0x239b961b), 16), 0xab0e9789);
    this.left = (Math.imul(rotate(left, 19) + right, 5) + 0x561ccd1b) | 0;
    this.right = (Math.imul(rotate(right, 17) + this.left, 5) + 0x0bcaa747) | 0;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finalise(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
