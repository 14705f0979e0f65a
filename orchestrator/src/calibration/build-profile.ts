import {
  type Profile,
  type Provenance,
  WORKS,
  type Work,
} from '@project-devops/simulation/protocol';
import { type FittedDemands, fitDemands } from './demands.ts';
import { linkLatency } from './link-latency.ts';
import { observationsOf } from './observations.ts';
import type { ProbedWindows } from './probe.ts';
import { lightLoadVariances, variations } from './variation.ts';

/** What is known of the machine before any probe. */
export interface CalibratedMachine {
  readonly name: string;
  /** ISO 8601. */
  readonly measuredOn: string;
  readonly hardware: Provenance['hardware'];
  readonly versions: Readonly<Record<string, string>>;
  readonly hostCores: number;
  readonly quotaPeriodMs: number;
  readonly roundsPerMs: number;
  readonly rowsPerMs: number;
}

export interface CalibratedProfile {
  readonly profile: Profile;
  /** CPU time that goes on without requests, by kind, which the profile has no place for. */
  readonly background: FittedDemands['background'];
}

/**
 * The profile that the probes say. `targets`: what the sandbox was told to spend and draw for each work.
 * Throws a CalibrationError when the probes do not tell a demand.
 */
export function buildProfile(
  probes: readonly ProbedWindows[],
  targets: Profile['demands'],
  machine: CalibratedMachine,
): CalibratedProfile {
  const { works, background } = fitDemands(probes.flatMap(observationsOf));
  const cvs = variations(lightLoadVariances(probes), works, targets);
  const { roundsPerMs, rowsPerMs, hardware, versions } = machine;
  const profile: Profile = {
    format: 'project-devops/profile@1',
    name: machine.name,
    measuredOn: machine.measuredOn,
    demands: ofWorks((work) => ({ meanMs: rounded(works[work].value), cv: rounded(cvs[work]) })),
    linkLatencyMs: rounded(linkLatency(probes, works)),
    quotaPeriodMs: machine.quotaPeriodMs,
    hostCores: machine.hostCores,
    measurement: {
      roundsPerMs: rounded(roundsPerMs),
      rowsPerMs: rounded(rowsPerMs),
      intervalsMs: ofWorks((work) => rounded(works[work].halfWidth)),
      hardware: { ...hardware },
      versions: { ...versions },
    },
  };
  return { profile, background };
}

function ofWorks<T>(value: (work: Work) => T): Record<Work, T> {
  return Object.fromEntries(WORKS.map((work) => [work, value(work)])) as Record<Work, T>;
}

/** Four digits after the point: a ten-thousandth of a millisecond is far below any interval. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
