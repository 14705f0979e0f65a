/**
 * Standard exponential and normal variates by the ziggurat method: 256 layers of equal area cover
 * the density, and all but 1 % of draws need no more than a table look-up and a multiplication.
 * Source: Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", J. Stat.
 * Softw. 5(8), 2000; here with 53-bit fractions drawn apart from the layer (Doornik, 2005).
 */
import { exp, ln } from './det-math.ts';

/** Where the samplers draw from: uint32 words, and fractions in [0, 1). */
export interface UniformSource {
  nextUint32(): number;
  nextFloat(): number;
}

const LAYERS = 256;
const TWO_29 = 536870912;
const TWO_30 = 1073741824;
const TWO_MINUS_53 = 1.1102230246251565e-16;

/** Layer i spans [0, edges[i]) and heights[i]..heights[i + 1]; layer 0 also stands for the tail. */
interface Layers {
  readonly edges: Float64Array;
  readonly heights: Float64Array;
  /** edges[i] * 2^-53: turns a 53-bit integer into an abscissa of the layer */
  readonly scales: Float64Array;
}

/** @param area of every layer, and of the base layer with the tail beyond `tailStart` */
function createLayers(
  density: (x: number) => number,
  inverse: (y: number) => number,
  tailStart: number,
  area: number,
): Layers {
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = area / density(tailStart);
  edges[1] = tailStart;
  for (let layer = 1; layer < LAYERS - 1; layer += 1) {
    const edge = edges[layer] as number;
    edges[layer + 1] = inverse(area / edge + density(edge));
  }
  return {
    edges,
    heights: edges.map(density),
    scales: edges.map((edge) => edge * TWO_MINUS_53),
  };
}

const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL = createLayers(
  (x) => exp(-x),
  (y) => -ln(y),
  EXPONENTIAL_TAIL,
  3.949659822581557e-3,
);

/** One draw of the exponential law of mean 1. */
export function standardExponential(source: UniformSource): number {
  const { edges, heights, scales } = EXPONENTIAL;
  let beyond = 0;
  for (;;) {
    const word = source.nextUint32();
    const layer = word & 255;
    const fraction = (word >>> 8) * TWO_29 + (source.nextUint32() >>> 3);
    const x = fraction * (scales[layer] as number);
    if (x < (edges[layer + 1] as number)) return beyond + x;
    if (layer === 0) beyond += EXPONENTIAL_TAIL;
    else if (heightWithin(heights, layer, source) < exp(-x)) return beyond + x;
  }
}

const NORMAL_TAIL = 3.654152885361009;
const NORMAL = createLayers(
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * ln(y)),
  NORMAL_TAIL,
  4.928673233974655e-3,
);

/** One draw of the normal law of mean 0 and variance 1. */
export function standardNormal(source: UniformSource): number {
  const { edges, heights, scales } = NORMAL;
  for (;;) {
    const word = source.nextUint32();
    const layer = word & 255;
    const sign = (word & 256) === 0 ? 1 : -1;
    const fraction = (word >>> 9) * TWO_30 + (source.nextUint32() >>> 2);
    const x = fraction * (scales[layer] as number);
    if (x < (edges[layer + 1] as number)) return sign * x;
    if (layer === 0) return sign * normalTail(source);
    if (heightWithin(heights, layer, source) < exp(-0.5 * x * x)) return sign * x;
  }
}

/** A normal draw given that it exceeds NORMAL_TAIL (Marsaglia, Technometrics 6, 1964). */
function normalTail(source: UniformSource): number {
  for (;;) {
    const excess = standardExponential(source) / NORMAL_TAIL;
    if (2 * standardExponential(source) > excess * excess) return NORMAL_TAIL + excess;
  }
}

function heightWithin(heights: Float64Array, layer: number, source: UniformSource): number {
  const bottom = heights[layer] as number;
  return bottom + source.nextFloat() * ((heights[layer + 1] as number) - bottom);
}
