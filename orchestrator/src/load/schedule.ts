import type { LoadPlan, Scenario } from '@project-devops/simulation/protocol';

/** A wanted rate may differ so much from the plan's before another generation takes over. */
const TOLERANCE = 0.05;
/** No generation gives way earlier: ordering another runs a program in k6's container. */
const LEAST_AGE_SECONDS = 3;

/** The plan's rate in requests a second at a time since its beginning; 0 after its end. */
export function rateOf(plan: Pick<LoadPlan, 'steps'>, seconds: number): number {
  let end = 0;
  for (const step of plan.steps) {
    end += step.seconds;
    if (seconds < end) return step.ratePerSecond;
  }
  return 0;
}

/** Whether the plan is too far from what is wanted at a time since its beginning. */
export function needsNewGeneration(
  plan: Pick<LoadPlan, 'steps'>,
  wantedPerSecond: number,
  seconds: number,
): boolean {
  if (seconds < LEAST_AGE_SECONDS) return false;
  const planned = rateOf(plan, seconds);
  return Math.abs(wantedPerSecond - planned) > TOLERANCE * Math.max(planned, 1);
}

/** Of Little's number; requests that are given up end a little after their time. */
const SPARE = 1.25;
const MOST_VIRTUAL_USERS = 10_000;

/** Requests that may be under way at once: by Little's law the highest rate times the longest time a request may take, and a quarter more. */
export function virtualUsers(
  steps: LoadPlan['steps'],
  classes: Readonly<Record<string, Pick<Scenario['classes'][string], 'timeoutMs'>>>,
): number {
  const peak = Math.max(...steps.map((step) => step.ratePerSecond));
  const longestMs = Math.max(...Object.values(classes).map(({ timeoutMs }) => timeoutMs));
  const needed = Math.ceil((SPARE * peak * longestMs) / 1000);
  return Math.max(1, Math.min(MOST_VIRTUAL_USERS, needed));
}
