import { predict } from '@project-devops/simulation';
import type {
  LoadPoint,
  Measurement,
  Profile,
  Scenario,
} from '@project-devops/simulation/protocol';
import { type Clock, sleep } from '../clock.ts';
import { rateOf } from '../load/schedule.ts';
import { type MeasuredSecond, Measuring } from './measuring.ts';
import { loadPlan } from './plan-load.ts';
import type { Sandbox } from './sandbox.ts';
import { Timeline } from './timeline.ts';

/** Asked for so often; windows are a second long. */
const POLL_MS = 500;
/** Time after the end of the load within which its last windows must have come. */
const DRAIN_MS = 12_000;

/** A topology under a given load, for real and predicted. */
export interface RealMeasuring extends Pick<Scenario, 'topology' | 'classes' | 'mix' | 'data'> {
  readonly profile: Profile;
  readonly seed: number;
  readonly scale: number;
  /** Offered load in requests a second at full size, constant from each point to the next. */
  readonly load: readonly LoadPoint[];
  /** Time from the beginning that is offered but not answered. */
  readonly warmupSeconds: number;
  readonly seconds: number;
}

export interface RealMeasurement {
  /** Predicted rows of one second each, from the end of the warm-up on. */
  readonly predicted: readonly Measurement[];
  readonly measured: readonly MeasuredSecond[];
  /** When the first request was due (Unix ms). */
  readonly beganMs: number;
}

export interface MeasuringPorts {
  readonly clock: Clock;
  /** Ends the measuring early; what was measured by then is answered. */
  readonly signal?: AbortSignal;
  onSecond?(second: MeasuredSecond): void;
}

/** Offers the load to a sandbox that runs the topology, and predicts the same. Rejects when k6 or Prometheus does not answer. */
export async function measureReality(
  sandbox: Sandbox,
  measuring: RealMeasuring,
  ports: MeasuringPorts,
): Promise<RealMeasurement> {
  const { clock, signal } = ports;
  const totalMs = (measuring.warmupSeconds + measuring.seconds) * 1000;
  const plan = loadPlan(measuring, {
    generation: 1,
    target: sandbox.entry(),
    fromSeconds: 0,
    steps: stepsOf(measuring),
    seed: measuring.seed,
  });
  const timeline = new Timeline();
  const telemetry = new Measuring(sandbox.telemetry, timeline, measuring.warmupSeconds * 1000);
  const prepared = await sandbox.load.prepare(plan);
  const measured: MeasuredSecond[] = [];
  const beganMs = await prepared.release();
  timeline.begin(0, beganMs);
  try {
    const untilMs = clock.now() + totalMs + DRAIN_MS;
    while (telemetry.reachedMs < totalMs && clock.now() < untilMs && !signal?.aborted) {
      await sleep(clock, POLL_MS, signal);
      if (timeline.simulatedAt(clock.now()) >= totalMs) timeline.end(totalMs);
      for (const second of await telemetry.take(clock.now(), sandbox.service())) {
        measured.push(second);
        ports.onSecond?.(second);
      }
    }
  } finally {
    await sandbox.load.stop();
  }
  return { predicted: predictedRows(measuring, (at) => rateOf(plan, at)), measured, beganMs };
}

function stepsOf({ load, scale, warmupSeconds, seconds }: RealMeasuring) {
  return Array.from({ length: Math.ceil(warmupSeconds + seconds) }, (_, second) => ({
    seconds: 1,
    ratePerSecond:
      (load.findLast((point) => point.atSeconds <= second)?.ratePerSecond ?? 0) / scale,
  }));
}

function predictedRows(
  measuring: RealMeasuring,
  rateAt: (atSeconds: number) => number,
): Measurement[] {
  const rows: Measurement[] = [];
  const seconds = predict({ ...measuring, rateAt });
  const { warmupSeconds } = measuring;
  for (let second = 0; second < warmupSeconds + measuring.seconds; second++) {
    const { value } = seconds.next();
    if (second >= warmupSeconds) rows.push(...value);
  }
  return rows;
}
