/** A seeded sequence of draws, one a concern. */
export interface Random {
  /** A number in [0, 1). */
  float(): number;
  /** A number with this mean and coefficient of variation: constant for 0, exponential for 1, else lognormal. */
  amount(mean: number, cv: number): number;
}

/** The sequence for a seed and a name; unrelated to that of any other name. */
export function createRandom(seed: number, name: string): Random {
  const float = mulberry32(nameHash(name) ^ seed);
  const amount = (mean: number, cv: number): number => {
    if (cv === 0) return mean;
    // 1 - float() is never 0, so its logarithm is finite.
    if (cv === 1) return -mean * Math.log(1 - float());
    const variance = Math.log(1 + cv * cv);
    return mean * Math.exp(Math.sqrt(variance) * normal(float) - variance / 2);
  };
  return { float, amount };
}

/** A standard normal draw (Box and Muller 1958). */
function normal(float: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float());
}

/** Source: mulberry32, Tommy Ettinger (public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Source: FNV-1a, 32 bits. */
function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
