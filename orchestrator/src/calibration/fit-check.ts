import { predict } from '@project-devops/simulation';
import {
  END_TO_END,
  type Measurement,
  type Profile,
  type Scenario,
} from '@project-devops/simulation/protocol';
import { mergeRows } from '../comparison/merge-rows.ts';
import type { ProbedWindows } from './probe.ts';

/** A probe as it was measured, and as the profile made from it predicts it. */
export interface FitCheck {
  readonly probe: string;
  readonly meanLatencyMs: Both;
  /** Of the application's CPU, 0 to 1. */
  readonly appUtilisation: Both;
}
export interface Both {
  readonly measured: number;
  readonly predicted: number;
}

const WARMUP_SECONDS = 3;

/**
 * Lays each probe beside its prediction by the profile: no proof, since the profile was made from the same
 * probes, but where they differ widely it does not describe this machine. Probes without requests are left out.
 */
export function checkFit(
  probes: readonly ProbedWindows[],
  profile: Profile,
  stage: Pick<Scenario, 'classes' | 'data'>,
): readonly FitCheck[] {
  return probes.flatMap((probe) => {
    const rows = probe.windows.flat();
    const measured = figuresOf(rows, probe);
    const predicted = figuresOf(predictedRows(probe, profile, stage, secondsOf(rows)), probe);
    if (measured === null || predicted === null) return [];
    return [
      {
        probe: probe.name,
        meanLatencyMs: { measured: measured.meanMs, predicted: predicted.meanMs },
        appUtilisation: { measured: measured.utilisation, predicted: predicted.utilisation },
      },
    ];
  });
}

function predictedRows(
  { topology, requestClass, ratePerSecond }: ProbedWindows,
  profile: Profile,
  { classes, data }: Pick<Scenario, 'classes' | 'data'>,
  seconds: number,
): Measurement[] {
  const mix = [{ atSeconds: 0, shares: { [requestClass]: 1 } }];
  const course = { topology, classes, data, mix, profile, seed: 1, scale: 1 };
  const rows = predict({ ...course, rateAt: () => ratePerSecond });
  for (let second = 0; second < WARMUP_SECONDS; second++) rows.next();
  return Array.from({ length: seconds }, () => rows.next().value).flat();
}

function figuresOf(rows: readonly Measurement[], { topology }: ProbedWindows) {
  const app = topology.nodes.find(({ kind }) => kind === 'vm-basic')?.id;
  const service = mergedOf(rows, END_TO_END);
  const utilisation = mergedOf(rows, app)?.utilisation ?? null;
  if (service === null || service.latency.count === 0 || utilisation === null) return null;
  return { meanMs: service.latency.sumMs / service.latency.count, utilisation };
}

function mergedOf(rows: readonly Measurement[], node: string | undefined): Measurement | null {
  const own = rows.filter((row) => row.node === node);
  return own.length === 0 ? null : mergeRows(own);
}

function secondsOf(rows: readonly Measurement[]): number {
  const service = rows.filter(({ node }) => node === END_TO_END);
  return Math.round(service.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000);
}
