import type { RequestClass, Scenario } from '@project-devops/simulation/protocol';

/** A request class with its part in the present traffic, 0 to 1. */
export interface MixRow extends RequestClass {
  readonly id: string;
  readonly share: number;
}

/** The classes of a scenario with their shares at an instant of operation, the largest first. */
export function mixAt(
  { classes, mix }: Pick<Scenario, 'classes' | 'mix'>,
  timeMs: number,
): MixRow[] {
  const step = mix.findLast(({ atSeconds }) => atSeconds * 1000 <= timeMs) ?? mix[0];
  const shares = step?.shares ?? {};
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return Object.entries(classes)
    .map(([id, one]) => ({ ...one, id, share: total > 0 ? (shares[id] ?? 0) / total : 0 }))
    .sort((a, b) => b.share - a.share);
}
