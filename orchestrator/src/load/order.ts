import {
  type LoadOrder,
  type LoadPlan,
  LoadPlanSchema,
  parse,
} from '@project-devops/simulation/protocol';

/** An environment variable holds no more on Linux. */
const MOST_CHARACTERS = 131_000;

/** Checks a plan before k6 is started for it; throws with the reason when it cannot be given to k6. */
export function checkPlan(plan: LoadPlan): void {
  const parsed = parse(LoadPlanSchema, plan);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw refusal(`${first?.path || 'the plan'} must be ${first?.expected}`);
  }
  const beginMs = Number.MAX_SAFE_INTEGER;
  if (orderText({ plan, beginMs }).length > MOST_CHARACTERS) {
    throw refusal(`a plan of ${plan.steps.length} steps is too long for k6; make the steps longer`);
  }
}

/** An order as k6 reads it; neighbouring steps of the same rate are one. */
export function orderText({ plan, beginMs }: LoadOrder): string {
  const compact = plan === null ? null : { ...plan, steps: mergedSteps(plan.steps) };
  return JSON.stringify({ plan: compact, beginMs });
}

const refusal = (why: string) => new Error(`The load cannot be offered: ${why}.`);

/** The same load with equal neighbours as one step. */
function mergedSteps(steps: LoadPlan['steps']): LoadPlan['steps'] {
  const merged: LoadPlan['steps'] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (last?.ratePerSecond === step.ratePerSecond) last.seconds += step.seconds;
    else merged.push({ ...step });
  }
  return merged;
}
