import { describe, expect, it } from 'vitest';
import { createStream } from './random.ts';
import { standardExponential, standardNormal, type UniformSource } from './ziggurat.ts';

const EXPONENTIAL_TAIL = 7.69711747013105;
const NORMAL_TAIL = 3.654152885361009;
/** Mean of a normal variate beyond NORMAL_TAIL: density over upper tail probability there. */
const NORMAL_TAIL_MEAN = 3.89703907164847;

/** A source whose first words lead into the base layer's tail, and which goes on at random. */
function intoTheTail(firstWord: number, stream: UniformSource): UniformSource {
  const scripted = [0xffffffff, firstWord];
  return {
    nextUint32: () => scripted.pop() ?? stream.nextUint32(),
    nextFloat: () => stream.nextFloat(),
  };
}

function tailDraws(draw: (source: UniformSource) => number, firstWord: number): Float64Array {
  const stream = createStream(10, 'tail');
  return new Float64Array(600_000).map(() => draw(intoTheTail(firstWord, stream)));
}

function errorsOff(values: Float64Array, expected: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return (Math.abs(mean - expected) * values.length) / Math.sqrt(squares);
}

describe('beyond the last layer', () => {
  it('the exponential law begins anew', () => {
    const excess = tailDraws(standardExponential, 0xffffff00).map((x) => x - EXPONENTIAL_TAIL);
    expect(excess.every((x) => x >= 0)).toBe(true);
    expect(errorsOff(excess, 1)).toBeLessThan(4);
    expect(
      errorsOff(
        excess.map((x) => x * x),
        2,
      ),
    ).toBeLessThan(4);
    expect(excess.reduce((least, x) => Math.min(least, x))).toBeLessThan(1e-4);
  });

  it.each([
    [1, 0xfffffe00],
    [-1, 0xffffff00],
  ])('the normal law has the moments of its tail (sign %i)', (sign, firstWord) => {
    const values = tailDraws(standardNormal, firstWord).map((x) => x * sign);
    expect(values.every((x) => x >= NORMAL_TAIL)).toBe(true);
    expect(errorsOff(values, NORMAL_TAIL_MEAN)).toBeLessThan(4);
    const square = 1 + NORMAL_TAIL * NORMAL_TAIL_MEAN;
    expect(
      errorsOff(
        values.map((x) => x * x),
        square,
      ),
    ).toBeLessThan(4);
  });
});
