import { predict } from '@project-devops/simulation';
import { END_TO_END, type Profile, type Scenario } from '@project-devops/simulation/protocol';

/** Load at which the service no longer serves what it is offered. */
const SEARCH = { fromPerSecond: 4, toPerSecond: 400, factor: 1.03 } as const;
const SECONDS = 40;
/** The first seconds fill the queue. */
const SKIPPED_SECONDS = 10;
const SERVED_SHARE = 0.97;

/** The greatest load, in requests a second, that a stage's topology is predicted to serve. */
export function kneeOf(stage: Scenario, profile: Profile): number {
  const { fromPerSecond, toPerSecond, factor } = SEARCH;
  let knee = fromPerSecond;
  for (let rate = fromPerSecond; rate < toPerSecond; rate *= factor) {
    if (!holds(stage, profile, rate)) break;
    knee = rate;
  }
  return knee;
}

function holds(stage: Scenario, profile: Profile, ratePerSecond: number): boolean {
  const seconds = predict({ ...stage, profile, seed: 1, scale: 1, rateAt: () => ratePerSecond });
  let served = 0;
  for (let second = 0; second < SECONDS; second++) {
    const service = seconds.next().value.find(({ node }) => node === END_TO_END);
    if (second >= SKIPPED_SECONDS) served += service?.served ?? 0;
  }
  return served >= SERVED_SHARE * ratePerSecond * (SECONDS - SKIPPED_SECONDS);
}
