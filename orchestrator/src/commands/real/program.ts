import { RULESET } from '@project-devops/simulation';
import { provenanceOf } from '../../comparison/provenance.ts';
import { textReport } from '../../doctor/text-report.ts';
import { measureReality, type RealMeasuring } from '../../real/measure-reality.ts';
import { problemOf } from '../../real/problem.ts';
import type { Sandbox, SandboxNews } from '../../real/sandbox.ts';
import { scorecardOf } from '../../real/scorecard-of.ts';
import { type Environment, keptByNpm } from '../kept-by-npm.ts';
import { complain, type Terminal } from '../messages.ts';
import { problemLines } from '../problem-lines.ts';
import { readAs } from '../simulate/read-as.ts';
import { type Subject, subjectOf } from '../simulate/subject.ts';
import { REAL_OPTION_NAMES, type RealOrder, readRealOrder, USAGE } from './arguments.ts';
import { LoadWatch } from './load-watch.ts';
import type { ProgramGround } from './on-ground.ts';
import { realPlanOf } from './plan.ts';
import { FORMATTERS, secondLine, warningsOf, wholeRows } from './report.ts';
import { imageLine, StatusLine } from './status-line.ts';

/** What the program may touch besides files. */
export interface Surroundings {
  print(text: string): void;
  readonly terminal: Terminal;
  readonly ground: ProgramGround;
  /** Aborted when the person asks for the end. */
  readonly signal: AbortSignal;
  readonly environment: Environment;
}

/** Exit codes: the figures are printed; the file cannot be run, or running failed; the command line is wrong. */
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

/** Runs the program with its command line; the answer is its exit code. Nothing runs any more when it ends. */
export async function real(args: readonly string[], around: Surroundings): Promise<number> {
  const kept = keptByNpm('real', REAL_OPTION_NAMES, args, around.environment);
  if (kept !== null) return misused(kept, around);
  const reading = readRealOrder(args);
  switch (reading.kind) {
    case 'help':
      around.print(USAGE);
      return DONE;
    case 'fault':
      return misused(reading.fault, around);
    case 'order':
      return carryOut(reading.order, around);
  }
}

async function carryOut(order: RealOrder, around: Surroundings): Promise<number> {
  const subject = await readAs(order.file, subjectOf);
  if (!subject.ok) return refused(order.file, subject.faults, around);
  const profile = await around.ground.profile();
  const plan = realPlanOf(subject.value, order, profile);
  if (plan.kind === 'fault') return misused(plan.fault, around);
  if (plan.kind === 'refused') {
    return refused(order.file, problemLines(plan.problems, subject.content), around);
  }
  const doctor = await around.ground.examine();
  if (!doctor.ready) {
    around.terminal.write(textReport(doctor));
    return FAILED;
  }
  const status = new StatusLine(around.terminal, () => around.ground.clock.now());
  try {
    return await run(subject.value, order, { ...plan.measuring, profile }, { ...around, status });
  } catch (error) {
    status.end();
    if (around.signal.aborted) return ended(around);
    const { message, node, remedy, lastLines } = problemOf(error);
    const where = node === null ? '' : `${node}: `;
    complain([`${where}${message}`, ...(remedy === null ? [] : [remedy]), ...lastLines], around);
    return FAILED;
  } finally {
    status.end();
  }
}

type Running = Surroundings & { readonly status: StatusLine };

async function run(
  subject: Subject,
  order: RealOrder,
  measuring: RealMeasuring,
  around: Running,
): Promise<number> {
  const { ground, status, signal } = around;
  status.begin('Making the images that are missing …');
  const images = await ground.ensureImages((all) => status.show(imageLine(all)), signal);
  signal.throwIfAborted();
  status.begin('Starting containers …');
  const { scenario } = subject;
  const request = {
    scenario,
    seed: order.seed,
    profile: measuring.profile,
    scale: order.scale,
    images,
  };
  const watch = new LoadWatch(signal);
  await using sandbox = await ground.openSandbox(request, newsTo(status, watch), signal);
  status.begin(`Running for ${order.warmupSeconds} s of warm-up and ${measuring.seconds} s …`);
  const totalMs = (measuring.warmupSeconds + measuring.seconds) * 1000;
  const measurement = await measureReality(sandbox, measuring, {
    clock: ground.clock,
    signal: watch.signal,
    onSecond: (second) => status.show(secondLine(second, measuring.warmupSeconds * 1000, totalMs)),
  });
  watch.check(measurement.measured.length, measuring.seconds);
  status.end();
  around.print(
    FORMATTERS[order.output](reportOf(subject, order, { measuring, measurement, sandbox })),
  );
  return DONE;
}

interface Run {
  readonly measuring: RealMeasuring;
  readonly measurement: Awaited<ReturnType<typeof measureReality>>;
  readonly sandbox: Sandbox;
}

function reportOf(subject: Subject, order: RealOrder, { measuring, measurement, sandbox }: Run) {
  const { scenario, kind } = subject;
  const measured = measurement.measured.flatMap(({ rows }) => rows);
  const { seed, scale } = order;
  const { profile } = measuring;
  const run = { scenario, seed, ruleset: RULESET, profile, scale, versions: sandbox.versions };
  return {
    file: order.file,
    notes: [...loadNotes(kind, scenario.id, order), ...warningsOf(measurement)],
    scorecard: scorecardOf(measurement, measuring.seconds, provenanceOf(run)),
    predicted: wholeRows(measurement.predicted),
    measured: wholeRows(measured),
  };
}

function loadNotes(kind: Subject['kind'], stage: string, { ratePerSecond }: RealOrder): string[] {
  const load =
    ratePerSecond === null
      ? 'Load: the forecast of the scenario, as if all users stayed content.'
      : `Load: ${ratePerSecond} requests/s throughout, as --rate says.`;
  if (kind === 'scenario') return [load];
  return [
    load,
    `Classes, mix and data: those of the stage ${stage}, since a topology file has none.`,
  ];
}

function newsTo(status: StatusLine, watch: LoadWatch): SandboxNews {
  return {
    containers: (views) => {
      const healthy = views.filter((view) => view.status === 'healthy').length;
      status.show(`Containers: ${healthy} of ${views.length} healthy`);
    },
    troubles: (problems) => {
      for (const { message } of problems) status.begin(message);
    },
    loadEnded: (problem) => watch.loadEnded(problem),
  };
}

function misused(fault: string, around: Surroundings): number {
  complain([fault, 'All options: npm run real -- --help'], around);
  return MISUSED;
}

function refused(file: string, faults: readonly string[], around: Surroundings): number {
  complain([`${file} cannot be run:`, ...faults], around);
  return FAILED;
}

function ended(around: Surroundings): number {
  complain(['Ended as asked; all containers are removed.'], around);
  return FAILED;
}
