import {
  CALIBRATED_WORKS,
  type CalibratedWork,
  type Profile,
  type Provenance,
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
  /** CPU time that goes on without requests, by kind, with its interval. */
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
    backgroundMsPerSecond: backgroundOf(background),
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

/** A little noise may make a background that is almost nothing negative. */
function backgroundOf(
  background: FittedDemands['background'],
): NonNullable<Profile['backgroundMsPerSecond']> {
  const kinds = Object.entries(background).map(([kind, { value }]) => [
    kind,
    rounded(Math.min(1_000, Math.max(0, value))),
  ]);
  return Object.fromEntries(kinds);
}

function ofWorks<T>(value: (work: CalibratedWork) => T): Record<CalibratedWork, T> {
  return Object.fromEntries(CALIBRATED_WORKS.map((work) => [work, value(work)])) as Record<
    CalibratedWork,
    T
  >;
}

/** Four digits after the point: a ten-thousandth of a millisecond is far below any interval. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
