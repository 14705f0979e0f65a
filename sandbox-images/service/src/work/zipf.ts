/** Draws ranks 0 to size - 1 with probability proportional to (rank + 1)^-exponent. */
export interface Zipf {
  readonly size: number;
  readonly exponent: number;
  /** The rank for a uniform number in [0, 1). */
  rank(uniform: number): number;
}

/**
 * A bounded Zipf law, drawn by inverting its distribution function.
 * @param size number of ranks, a positive integer
 * @param exponent 0 (all ranks alike) or more
 */
export function createZipf(size: number, exponent: number): Zipf {
  const upTo = new Float64Array(size);
  let total = 0;
  for (let rank = 0; rank < size; rank++) {
    total += (rank + 1) ** -exponent;
    upTo[rank] = total;
  }
  return { size, exponent, rank: (uniform) => firstAbove(upTo, uniform * total) };
}

/** The first place whose value exceeds `wanted`; the last place when none does. */
function firstAbove(ascending: Float64Array, wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
