import { type Profile, WORKS } from '@project-devops/simulation/protocol';
import type { CalibratedProfile } from '../../calibration/build-profile.ts';

/** What was found, for people: a line a work, with its interval and what it was set to, then the rest. */
export function calibrationText(
  { profile, background }: CalibratedProfile,
  cloud: Profile,
): string {
  const { measurement } = profile;
  const works = WORKS.map((work) => {
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
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function gridOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
}
