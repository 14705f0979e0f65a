import { type LoadPlan, LoadPlanSchema, parse } from '@project-devops/simulation/protocol';

/** What k6 is told: a plan, or none, that holds from an instant on (Unix ms). `loadgen` reads it. */
export interface LoadOrder {
  readonly plan: LoadPlan | null;
  readonly beginMs: number;
}

/** An environment variable holds no more on Linux. */
const MOST_CHARACTERS = 131_000;

/** The plan when k6 can be given it; throws with the reason when it cannot. */
export function checkedPlan(plan: LoadPlan): LoadPlan {
  const parsed = parse(LoadPlanSchema, plan);
  if (!parsed.ok) {
    throw new Error(`The load cannot be offered: ${JSON.stringify(parsed.issues)}`);
  }
  const compact = { ...plan, steps: mergedSteps(plan.steps) };
  const length = JSON.stringify({ plan: compact, beginMs: Number.MAX_SAFE_INTEGER }).length;
  if (length > MOST_CHARACTERS) {
    throw new Error(
      `The load cannot be offered: its plan of ${plan.steps.length} steps is too long; make the steps longer.`,
    );
  }
  return compact;
}

/** The same load with equal neighbours as one step, rates to a thousandth of a request a second. */
function mergedSteps(steps: LoadPlan['steps']): LoadPlan['steps'] {
  const merged: { seconds: number; ratePerSecond: number }[] = [];
  for (const { seconds, ratePerSecond: exact } of steps) {
    const ratePerSecond = Math.round(exact * 1000) / 1000;
    const last = merged.at(-1);
    if (last?.ratePerSecond === ratePerSecond) last.seconds += seconds;
    else merged.push({ seconds, ratePerSecond });
  }
  return merged;
}
