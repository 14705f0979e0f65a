import type { ClassId, LoadPlan } from '@project-devops/simulation/protocol';

/** Fractional part of the golden ratio: its multiples fill the unit interval as evenly as can be. */
const GOLDEN = 0.618_033_988_749_894_9;

/** Which class a request is of; over short spans already, each class has its share. */
export class ClassDraw {
  #point: number;

  constructor(seed: number) {
    this.#point = seed / 4_294_967_296;
  }

  /** The class of the next request; null when no class has a share. */
  next(shares: Readonly<Record<ClassId, number>>): ClassId | null {
    this.#point = (this.#point + GOLDEN) % 1;
    const entries = Object.entries(shares);
    const total = entries.reduce((sum, [, share]) => sum + share, 0);
    let rest = this.#point * total;
    for (const [name, share] of entries) {
      rest -= share;
      if (rest < 0) return name;
    }
    return null;
  }
}

/** The shares that hold at a time since the plan's beginning. */
export function sharesAt(mix: LoadPlan['mix'], seconds: number): Readonly<Record<ClassId, number>> {
  let shares = mix[0]?.shares ?? {};
  for (const entry of mix) if (entry.atSeconds <= seconds) shares = entry.shares;
  return shares;
}
