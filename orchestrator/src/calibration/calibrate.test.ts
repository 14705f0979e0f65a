import { CALIBRATED_WORKS, ProfileSchema, parse } from '@project-devops/simulation/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Calibration, type CalibrationStep, calibrate } from './calibrate.ts';
import { CalibrationError } from './demands.ts';
import { BACKGROUND_MS, CLOUD, MACHINE, STAGE, sampleBench, TRUTH } from './sample-machine.ts';

const TRUE_ROWS_PER_MS = 900;
const OPTIONS = { stage: STAGE, cloud: CLOUD, machine: MACHINE };

describe('calibrating a make-believe machine whose demands are known', () => {
  const steps: CalibrationStep[] = [];
  let found: Calibration;
  beforeAll(async () => {
    found = await calibrate(
      {
        openBench: async (topology, profile) => sampleBench(topology, profile, TRUE_ROWS_PER_MS),
        measureRoundsPerMs: () => 850,
        onStep: (step) => steps.push(step),
      },
      OPTIONS,
    );
  });

  it('makes a valid profile that names machine, date and amounts of work', () => {
    expect(parse(ProfileSchema, found.profile)).toMatchObject({ ok: true });
    expect(found.profile).toMatchObject({
      name: 'make-believe',
      measuredOn: MACHINE.measuredOn,
      measurement: { roundsPerMs: 850, hardware: MACHINE.hardware },
    });
  });

  it('sets the rows so that a read takes what it should', () => {
    const { demands, measurement } = found.profile;
    expect(measurement?.rowsPerMs).toBeLessThan(TRUE_ROWS_PER_MS);
    expect(demands['sql-read'].meanMs).toBeGreaterThan(1.7);
    expect(demands['sql-read'].meanMs).toBeLessThan(2.1);
  });

  it.each(CALIBRATED_WORKS.filter((work) => !work.startsWith('sql-') || work === 'sql-apply'))(
    'finds the demand of %s within its interval, or within 2 per cent',
    (work) => {
      const { demands, measurement } = found.profile;
      const truth = TRUTH.demands[work].meanMs;
      const halfWidth = measurement?.intervalsMs[work] ?? 0;
      expect(Math.abs(demands[work].meanMs - truth)).toBeLessThan(
        Math.max(1.3 * halfWidth, 0.02 * truth),
      );
      expect(halfWidth).toBeLessThan(Math.max(0.1 * truth, 0.1));
    },
  );

  it('tells the demands from the CPU time that goes on without requests', () => {
    for (const kind of ['vm-basic', 'sql-primary', 'cache', 'load-balancer'] as const) {
      const { value, halfWidth } = found.background[kind] ?? { value: 0, halfWidth: 0 };
      expect(Math.abs(value - BACKGROUND_MS)).toBeLessThan(Math.max(1, 1.5 * halfWidth));
      expect(halfWidth).toBeLessThan(2);
    }
  });

  it('finds the spread of the works that show it', () => {
    const { demands } = found.profile;
    for (const work of ['app-static', 'app-compute', 'sql-read', 'sql-write'] as const) {
      expect(demands[work].cv).toBeGreaterThan(TRUTH.demands[work].cv - 0.12);
      expect(demands[work].cv).toBeLessThan(TRUTH.demands[work].cv + 0.12);
    }
    expect(demands['cache-get'].cv).toBe(0);
  });

  it('finds the latency of a link', () => {
    expect(found.profile.linkLatencyMs).toBeCloseTo(TRUTH.linkLatencyMs, 1);
  });

  it('predicts the probes that it was made from', () => {
    expect(found.checks).toHaveLength(10);
    for (const { probe, meanLatencyMs, appUtilisation } of found.checks) {
      const latencyError = meanLatencyMs.predicted / meanLatencyMs.measured - 1;
      // With a cache the prediction begins cold and the measurement warm.
      expect(Math.abs(latencyError)).toBeLessThan(probe.startsWith('cache') ? 0.2 : 0.06);
      const idle = BACKGROUND_MS / 1000 / 0.5;
      const { predicted, measured } = appUtilisation;
      expect(Math.abs(predicted + idle - measured)).toBeLessThan(0.02);
    }
  });

  it('says what it does and how far it is, in three to four minutes of probes', () => {
    const ratios = steps.map(({ doneRatio }) => doneRatio);
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios.at(-1)).toBeLessThanOrEqual(1);
    expect(ratios.at(-1)).toBeGreaterThan(0.95);
    expect(steps.map(({ doing }) => doing)).toContain(
      'application and database: home at 66.7/s for 15 s',
    );
    expect(steps.length).toBeGreaterThan(180);
    expect(steps.length).toBeLessThan(250);
  });
});

it('closes the bench and says what to do when nothing is measured', async () => {
  let closed = 0;
  const calibrating = calibrate(
    {
      openBench: async () => ({
        cores: {},
        offer: async () => [],
        [Symbol.asyncDispose]: async () => void closed++,
      }),
      measureRoundsPerMs: () => 850,
      onStep: () => undefined,
    },
    OPTIONS,
  );
  await expect(calibrating).rejects.toThrow(CalibrationError);
  expect(closed).toBe(1);
});
