/** Seeds are whole numbers from 0 to this. */
export const MAX_SEED = 4_294_967_295;

/** A seed nobody chose. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** The seed a player typed; null when it is not a whole number in range. */
export function parseSeed(text: string): number | null {
  const trimmed = text.trim();
  if (!/^[0-9]{1,10}$/.test(trimmed)) return null;
  const seed = Number(trimmed);
  return seed <= MAX_SEED ? seed : null;
}
