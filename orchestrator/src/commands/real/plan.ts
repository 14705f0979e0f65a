import { contentLoad, measuringProblems } from '@project-devops/simulation';
import type { Problem, Profile } from '@project-devops/simulation/protocol';
import type { RealMeasuring } from '../../real/measure-reality.ts';
import { DEFAULT_SECONDS } from '../simulate/arguments.ts';
import { inFile, type Subject } from '../simulate/subject.ts';
import type { RealOrder } from './arguments.ts';

export type RealPlan =
  | { readonly kind: 'ready'; readonly measuring: Omit<RealMeasuring, 'profile'> }
  /** The options do not fit the file. */
  | { readonly kind: 'fault'; readonly fault: string }
  /** The file cannot be run. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What is to be run for an order, or why it cannot be. */
export function realPlanOf(subject: Subject, order: RealOrder, profile: Profile): RealPlan {
  const load = loadOf(subject, order);
  if (load === null) {
    const fault = 'A topology file says nothing of its load: add --rate REQUESTS_PER_SECOND.';
    return { kind: 'fault', fault };
  }
  const seconds = secondsOf(subject, order);
  if (seconds === null) {
    const { durationSeconds } = subject.scenario;
    const fault = `--warmup is ${order.warmupSeconds}, but the scenario ends after ${durationSeconds} s: warm up for less, or give --seconds.`;
    return { kind: 'fault', fault };
  }
  const { topology, classes, mix, data } = subject.scenario;
  const { seed, scale, warmupSeconds } = order;
  const measuring = { topology, classes, mix, data, seed, scale, load, warmupSeconds, seconds };
  const problems = measuringProblems({
    ...measuring,
    profile,
    arrivals: 'uniform',
    extent: { seconds },
  });
  if (problems.length === 0) return { kind: 'ready', measuring };
  return { kind: 'refused', problems: problems.map((problem) => inFile(subject.kind, problem)) };
}

function loadOf({ kind, scenario }: Subject, { ratePerSecond }: RealOrder) {
  if (ratePerSecond !== null) return [{ atSeconds: 0, ratePerSecond }];
  return kind === 'topology' ? null : contentLoad(scenario, scenario.users.initial, 0);
}

function secondsOf({ kind, scenario }: Subject, order: RealOrder): number | null {
  if (order.seconds !== null) return order.seconds;
  if (kind === 'topology') return DEFAULT_SECONDS;
  const seconds = Math.floor(scenario.durationSeconds - order.warmupSeconds);
  return seconds > 0 ? seconds : null;
}
