import type { Provenance, Scorecard } from '@project-devops/simulation/protocol';
import { compare } from '../comparison/compare.ts';
import type { RealMeasurement } from './measure-reality.ts';

/** The scorecard of a whole measurement of `seconds` seconds; seconds in which k6 was the limit are not compared. */
export function scorecardOf(
  { predicted, measured }: RealMeasurement,
  seconds: number,
  provenance: Provenance,
): Scorecard {
  const rows = measured.flatMap(({ rows }) => rows);
  const invalid = measured.filter(({ valid }) => !valid).map(({ startMs }) => startMs);
  return compare(predicted, rows, {
    provenance,
    invalidWindows: new Set(invalid),
    spanMs: seconds * 1000,
  });
}
