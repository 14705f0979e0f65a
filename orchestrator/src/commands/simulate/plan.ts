import { forecast, type Measuring, measuringProblems } from '@project-devops/simulation';
import type { Problem, Profile } from '@project-devops/simulation/protocol';
import { DEFAULT_SECONDS, type Order } from './arguments.ts';
import { inFile, type Subject } from './subject.ts';

export type Plan =
  | { readonly kind: 'ready'; readonly measuring: Measuring & { readonly profile: Profile } }
  /** The options do not fit the file. */
  | { readonly kind: 'fault'; readonly fault: string }
  /** The file cannot be simulated. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What is to be run for an order on the hardware of a profile, or why it cannot be. */
export function planOf(subject: Subject, order: Order, profile: Profile): Plan {
  const load = loadOf(subject, order);
  if (load === null) {
    const fault = 'A topology file says nothing of its load: add --rate REQUESTS_PER_SECOND.';
    return { kind: 'fault', fault };
  }
  const extent = extentOf(subject, order);
  if (extent === null) {
    const { durationSeconds } = subject.scenario;
    const fault = `--warmup is ${order.warmupSeconds}, but the scenario ends after ${durationSeconds} s: warm up for less, or give --seconds or --requests.`;
    return { kind: 'fault', fault };
  }
  const { topology, classes, mix, data, arrivals, faults = [], releases = [] } = subject.scenario;
  const { secondsPerGameHour } = subject.scenario;
  const measuring = {
    topology,
    classes,
    mix,
    data,
    faults,
    releases,
    secondsPerGameHour,
    profile,
    arrivals: order.arrivals ?? arrivals,
    seed: order.seed,
    load,
    warmupSeconds: order.warmupSeconds,
    extent,
    traceRatio: order.trace?.ratio ?? 0,
  };
  const problems = measuringProblems(measuring);
  if (problems.length === 0) return { kind: 'ready', measuring };
  return { kind: 'refused', problems: problems.map((problem) => inFile(subject.kind, problem)) };
}

function loadOf(subject: Subject, { ratePerSecond }: Order): Measuring['load'] | null {
  if (ratePerSecond !== null) return [{ atSeconds: 0, ratePerSecond }];
  return subject.kind === 'topology' ? null : forecast(subject.scenario);
}

function extentOf(subject: Subject, order: Order): Measuring['extent'] | null {
  if (order.extent !== null) return order.extent;
  if (subject.kind === 'topology') return { seconds: DEFAULT_SECONDS };
  const seconds = subject.scenario.durationSeconds - order.warmupSeconds;
  return seconds > 0 ? { seconds } : null;
}
