import { CALIBRATED_WORKS, type Profile } from '@project-devops/simulation/protocol';
import type { Calibration } from '../../calibration/calibrate.ts';
import type { Both } from '../../calibration/fit-check.ts';

/** What was found, for people: a line a work, with its interval and what it was set to, then the rest. */
export function calibrationText(
  { profile, background, checks }: Calibration,
  cloud: Profile,
): string {
  const { measurement } = profile;
  const works = CALIBRATED_WORKS.map((work) => {
    const { meanMs, cv } = profile.demands[work];
    const interval = measurement?.intervalsMs[work] ?? 0;
    return [
      work,
      meanMs.toFixed(3),
      interval.toFixed(3),
      cv.toFixed(2),
      `${cloud.demands[work].meanMs}`,
    ];
  });
  const idle = Object.entries(background).map(
    ([kind, { value, halfWidth }]) =>
      `  ${kind}: ${value.toFixed(1)} ± ${halfWidth.toFixed(1)} ms a second`,
  );
  const lines = [
    ...gridOf([['work', 'CPU ms', '± (95 %)', 'cv', 'in the game'], ...works]),
    '',
    `One way over one link: ${profile.linkLatencyMs.toFixed(3)} ms.`,
    `A millisecond of CPU time is ${Math.round(measurement?.roundsPerMs ?? 0)} rounds of native work, or ${Math.round(measurement?.rowsPerMs ?? 0)} rows.`,
    'Besides, without requests:',
    ...idle,
    '',
    ...unsteadyLines(profile),
    ...gridOf([
      ['probe', 'mean ms', 'predicted', 'app CPU %', 'predicted'],
      ...checks.map(checkCells),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** An interval wider than this share of its demand, and than this time, says that the machine was busy. */
const WIDE_SHARE = 0.1;
const WIDE_MS = 0.1;

function unsteadyLines({ demands, measurement }: Profile): string[] {
  const wide = CALIBRATED_WORKS.filter((work) => {
    const halfWidth = measurement?.intervalsMs[work] ?? 0;
    return halfWidth > WIDE_MS && halfWidth > WIDE_SHARE * demands[work].meanMs;
  });
  if (wide.length === 0) return [];
  return [
    `Wide intervals (${wide.join(', ')}): the machine was busy with something else. Calibrate again when it is idle.`,
    '',
  ];
}

function checkCells({ probe, meanLatencyMs, appUtilisation }: Calibration['checks'][number]) {
  const both = ({ measured, predicted }: Both, factor: number, digits: number) =>
    [measured, predicted].map((value) => (value * factor).toFixed(digits));
  return [probe, ...both(meanLatencyMs, 1, 2), ...both(appUtilisation, 100, 1)];
}

function gridOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
}
