import type { ClassId, LoadPlan } from '@project-devops/simulation/protocol';

/** The shares that hold at a time since the plan's beginning. */
export function sharesAt(mix: LoadPlan['mix'], seconds: number): Readonly<Record<ClassId, number>> {
  let shares = mix[0]?.shares ?? {};
  for (const entry of mix) if (entry.atSeconds <= seconds) shares = entry.shares;
  return shares;
}
