import { DEFAULT_PROFILE, predict, SCENARIOS } from '@project-devops/simulation';
import type {
  CalibratedWork,
  Measurement,
  Profile,
  Topology,
} from '@project-devops/simulation/protocol';
import type { CalibrationOptions, ProbeBench } from './calibrate.ts';
import type { ProbeSchedule } from './probe-schedule.ts';

/** Work as containers are set to do it, for tests. */
export const CLOUD = DEFAULT_PROFILE;

/** What a make-believe machine really takes; the calibration has to find it out. */
export const TRUTH: Profile = {
  ...CLOUD,
  demands: {
    'balancer-request': { meanMs: 0.14, cv: 0.2 },
    'app-static': { meanMs: 2.7, cv: 0.25 },
    'app-read': { meanMs: 3.3, cv: 0.4 },
    'app-write': { meanMs: 4.6, cv: 0.3 },
    'app-compute': { meanMs: 26, cv: 0.3 },
    'sql-read': { meanMs: 2.2, cv: 0.5 },
    'sql-write': { meanMs: 5.5, cv: 0.4 },
    'sql-apply': { meanMs: 0.4, cv: 0.2 },
    'cache-get': { meanMs: 0.09, cv: 0.2 },
    'cache-set': { meanMs: 0.12, cv: 0.2 },
  },
  linkLatencyMs: 0.18,
};

/** CPU time in ms that each node of the make-believe machine spends in a second without requests. */
export const BACKGROUND_MS = 4;

export const [STAGE] = SCENARIOS as [(typeof SCENARIOS)[number]];

export const MACHINE: CalibrationOptions['machine'] = {
  name: 'make-believe',
  measuredOn: '2026-11-21T06:00:00.000Z',
  hardware: { cpu: 'A processor', cores: 2, memoryMiB: 4_096 },
  versions: { service: 'a tag' },
  hostCores: 2,
};

const CORES = { balancer: 0.25, app: 0.5, primary: 0.5, replica: 0.5, cache: 0.25 };

/** A bench whose reality is the engine with the true demands, `rowsPerMs` deciding what a query takes. */
export function sampleBench(
  topology: Topology,
  profile: Profile,
  trueRowsPerMs: number,
): ProbeBench {
  const rowsPerMs = profile.measurement?.rowsPerMs ?? trueRowsPerMs;
  const query = (work: CalibratedWork) => ({
    ...TRUTH.demands[work],
    meanMs: (TRUTH.demands[work].meanMs * rowsPerMs) / trueRowsPerMs,
  });
  const demands = {
    ...TRUTH.demands,
    'sql-read': query('sql-read'),
    'sql-write': query('sql-write'),
  };
  let seed = 0;
  return {
    cores: CORES,
    offer: async (schedule, onSecond) => {
      seed++;
      return offered(topology, { ...TRUTH, demands }, schedule, seed, onSecond);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function offered(
  topology: Topology,
  profile: Profile,
  { load, mix, seconds }: ProbeSchedule,
  seed: number,
  onSecond: (seconds: number) => void,
) {
  const { classes, data } = STAGE;
  const rateAt = (second: number) =>
    load.findLast(({ atSeconds }) => atSeconds <= second)?.ratePerSecond ?? 0;
  const rows = predict({ topology, classes, data, mix, profile, seed, scale: 1, rateAt });
  return Array.from({ length: seconds }, (_, second) => {
    onSecond(second);
    return rows.next().value.map(asMeasured);
  });
}

/** As containers tell it: with the background's CPU time, and no cost. */
function asMeasured(row: Measurement): Measurement {
  const cores = CORES[row.node as keyof typeof CORES];
  const utilisation =
    row.utilisation === null ? null : row.utilisation + BACKGROUND_MS / 1000 / cores;
  return { ...row, source: 'measured', utilisation, costPerHour: null };
}
