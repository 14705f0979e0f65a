import type {
  Measurement,
  NodeId,
  Profile,
  Scenario,
  Topology,
} from '@project-devops/simulation/protocol';
import { buildProfile, type CalibratedMachine, type CalibratedProfile } from './build-profile.ts';
import { CalibrationError } from './demands.ts';
import { checkFit, type FitCheck } from './fit-check.ts';
import { observationsOf } from './observations.ts';
import { operationsOf, type Probe, type ProbedWindows, type ProbePlan } from './probe.ts';
import { firstPlan, probePlans } from './probe-plans.ts';
import { type ProbeSchedule, scheduleOf, windowsByProbe } from './probe-schedule.ts';

/** A topology that runs as containers, for probing. */
export interface ProbeBench extends AsyncDisposable {
  /** CPU limit of each node's container in cores. */
  readonly cores: Readonly<Record<NodeId, number>>;
  /** Offers the probes' requests, evenly spaced, and answers with all windows that were measured. `onSecond` hears the time since the beginning. */
  offer(
    schedule: ProbeSchedule,
    onSecond: (seconds: number) => void,
  ): Promise<readonly (readonly Measurement[])[]>;
}

export interface CalibrationPorts {
  /** Starts a topology with the work set as the profile's `measurement` says. */
  openBench(topology: Topology, profile: Profile): Promise<ProbeBench>;
  measureRoundsPerMs(): number;
  /** Told before each step. */
  onStep(step: CalibrationStep): void;
}

export interface CalibrationStep {
  readonly doing: string;
  /** Of all probing time. */
  readonly doneRatio: number;
}

/** A profile, and how well it describes what it was made from. */
export interface Calibration extends CalibratedProfile {
  readonly checks: readonly FitCheck[];
}

export interface CalibrationOptions {
  readonly stage: Pick<Scenario, 'classes' | 'data'>;
  /** The game's own cloud: the work that the containers are set to do. */
  readonly cloud: Profile;
  readonly machine: Omit<CalibratedMachine, 'roundsPerMs' | 'rowsPerMs' | 'quotaPeriodMs'>;
}

/** Rows that a database reads in a millisecond, before it is known. */
const FIRST_ROWS_PER_MS = 700;

/**
 * Measures this machine: first the amounts of work that take a millisecond, then every demand with these
 * amounts. Rejects with a CalibrationError when the probes do not tell a demand.
 */
export async function calibrate(
  ports: CalibrationPorts,
  options: CalibrationOptions,
): Promise<Calibration> {
  const { cloud, stage } = options;
  const first = firstPlan(stage, cloud.demands);
  const plans = probePlans(stage, cloud.demands);
  const progress = new Progress([first, ...plans], ports.onStep);
  const roundsPerMs = ports.measureRoundsPerMs();
  const run = (plan: ProbePlan, rowsPerMs: number) =>
    runPlan(plan, setWork(options, roundsPerMs, rowsPerMs), { ports, stage, progress });
  const rowsPerMs = rowsFor(await run(first, FIRST_ROWS_PER_MS), cloud.demands);
  const probed: ProbedWindows[] = [];
  for (const plan of plans) probed.push(...(await run(plan, rowsPerMs)));
  const { quotaPeriodMs } = cloud;
  const machine = { ...options.machine, quotaPeriodMs, roundsPerMs, rowsPerMs };
  const built = buildProfile(probed, cloud.demands, machine);
  return { ...built, checks: checkFit(probed, built.profile, stage) };
}

/** The game's cloud with its work set for this machine. */
function setWork(
  { cloud, machine: { hardware, versions } }: CalibrationOptions,
  roundsPerMs: number,
  rowsPerMs: number,
): Profile {
  const set = { roundsPerMs, rowsPerMs, intervalsMs: {} };
  return {
    ...cloud,
    measurement: { ...set, hardware: { ...hardware }, versions: { ...versions } },
  };
}

/** As many rows a millisecond as make a read take the CPU time that it should. */
function rowsFor(probed: readonly ProbedWindows[], targets: Profile['demands']): number {
  const reads = probed.flatMap(observationsOf).filter(({ kind }) => kind === 'sql-primary');
  const cpuMs = reads.reduce((sum, { y }) => sum + y, 0);
  const count = reads.reduce((sum, { x }) => sum + (x['sql-read'] ?? 0), 0);
  if (!(cpuMs > 0) || count === 0) {
    throw new CalibrationError(
      'The database answered no queries, or its CPU time was not measured. Run one topology for real first (npm run real) and see what its containers say.',
    );
  }
  return (FIRST_ROWS_PER_MS * targets['sql-read'].meanMs * count) / cpuMs;
}

interface PlanRun {
  readonly ports: CalibrationPorts;
  readonly stage: CalibrationOptions['stage'];
  readonly progress: Progress;
}

async function runPlan(
  { name, topology, probes }: ProbePlan,
  profile: Profile,
  { ports, stage, progress }: PlanRun,
): Promise<ProbedWindows[]> {
  progress.say(`starting ${name}`);
  await using bench = await ports.openBench(topology, profile);
  const schedule = scheduleOf(probes);
  const windows = await bench.offer(schedule, (seconds) => {
    const probe = probes[schedule.spans.findIndex(({ endMs }) => seconds * 1000 < endMs)];
    if (probe !== undefined) progress.say(`${name}: ${nameOf(probe)}`, seconds);
  });
  progress.done(schedule);
  const byProbe = windowsByProbe(schedule, windows);
  return probes.map((probe, i) => ({
    name: `${name}: ${nameOf(probe)}`,
    topology,
    requestClass: probe.requestClass,
    ratePerSecond: probe.ratePerSecond,
    operations: operationsOf(stage.classes, probe.requestClass),
    windows: byProbe[i] ?? [],
    cores: bench.cores,
  }));
}

function nameOf({ requestClass, ratePerSecond, seconds }: Probe): string {
  return `${requestClass} at ${ratePerSecond}/s for ${seconds} s`;
}

/** How far all plans together are. */
class Progress {
  readonly #total: number;
  readonly #onStep: CalibrationPorts['onStep'];
  #doneSeconds = 0;

  constructor(plans: readonly ProbePlan[], onStep: CalibrationPorts['onStep']) {
    this.#total = plans.reduce((sum, { probes }) => sum + scheduleOf(probes).seconds, 0);
    this.#onStep = onStep;
  }

  /** `seconds`: of the present plan that have passed. */
  say(doing: string, seconds = 0): void {
    this.#onStep({ doing, doneRatio: (this.#doneSeconds + seconds) / this.#total });
  }

  done({ seconds }: ProbeSchedule): void {
    this.#doneSeconds += seconds;
  }
}
