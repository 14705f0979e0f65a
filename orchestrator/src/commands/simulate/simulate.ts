import {
  DEFAULT_PROFILE,
  type Measuring,
  type MeasuringResult,
  measure,
  otlpOf,
} from '@project-devops/simulation';
import {
  type Measurement,
  type Profile,
  ProfileSchema,
  parse,
  type Trace,
} from '@project-devops/simulation/protocol';
import { type Environment, keptByNpm } from '../kept-by-npm.ts';
import { complain, type Terminal } from '../messages.ts';
import { problemLines } from '../problem-lines.ts';
import { OPTION_NAMES, type Order, type Output, readOrder, USAGE } from './arguments.ts';
import { csvOf } from './csv.ts';
import { planOf } from './plan.ts';
import { ProgressLine } from './progress.ts';
import { readAs } from './read-as.ts';
import { type Report, reportOf } from './report.ts';
import { subjectOf } from './subject.ts';
import { tableOf } from './table.ts';
import { traceFault, writeTraces } from './write-traces.ts';

/** What the program may touch besides files. */
export interface Surroundings {
  /** Prints results. */
  print(text: string): void;
  readonly terminal: Terminal;
  /** A clock in milliseconds. */
  readonly now: () => number;
  readonly environment: Environment;
}

/** Exit codes: the figures are printed; the file cannot be simulated; the command line is wrong. */
const DONE = 0;
const REFUSED = 1;
const MISUSED = 2;

const FORMATTERS = {
  table: tableOf,
  csv: csvOf,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
} satisfies Record<Output, (report: Report) => string>;

/** Runs the program with its command line; the answer is its exit code. */
export async function simulate(args: readonly string[], around: Surroundings): Promise<number> {
  const kept = keptByNpm('simulate', OPTION_NAMES, args, around.environment);
  if (kept !== null) return misused(kept, around);
  const reading = readOrder(args);
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

async function carryOut(order: Order, around: Surroundings): Promise<number> {
  const { file, profile: profileFile, trace } = order;
  const subject = await readAs(file, subjectOf);
  if (!subject.ok) return refused(file, subject.faults, around);
  const profile = profileFile === null ? null : await readAs(profileFile, readProfile);
  if (profile?.ok === false) return refused(profileFile ?? '', profile.faults, around);
  const plan = planOf(subject.value, order, profile?.value ?? DEFAULT_PROFILE);
  if (plan.kind === 'fault') return misused(plan.fault, around);
  if (plan.kind === 'refused') {
    return refused(file, problemLines(plan.problems, subject.content), around);
  }
  const inputs = profileFile === null ? [file] : [file, profileFile];
  const fault = trace === null ? null : await traceFault(trace.file, inputs);
  if (fault !== null) return failed(fault, around);
  const result = run(plan.measuring, around);
  if (result.outcome === 'overgrown') return overgrown(result.rows, around);
  const report = reportOf(subject.value, order, plan.measuring, result.rows);
  around.print(FORMATTERS[order.output](report));
  if (order.output === 'csv') complain(report.notes, around);
  return trace === null ? DONE : keepTraces(trace.file, result.traces, order.seed, around);
}

const readProfile = (content: unknown) => parse<Profile>(ProfileSchema, content);

async function keepTraces(
  file: string,
  traces: readonly Trace[],
  seed: number,
  around: Surroundings,
): Promise<number> {
  const fault = await writeTraces(file, otlpOf(traces, seed));
  if (fault !== null) return failed(fault, around);
  const n = traces.length;
  complain([`${n} ${n === 1 ? 'trace' : 'traces'} written to ${file}.`], around);
  return DONE;
}

function run(measuring: Measuring, { terminal, now }: Surroundings): MeasuringResult {
  const line = new ProgressLine(terminal, now);
  const steps = measure(measuring);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      line.end();
      return step.value;
    }
    line.show(step.value);
  }
}

function failed(fault: string, around: Surroundings): number {
  complain([fault], around);
  return REFUSED;
}

function misused(fault: string, around: Surroundings): number {
  complain([fault, 'All options: npm run simulate -- --help'], around);
  return MISUSED;
}

function refused(file: string, faults: readonly string[], around: Surroundings): number {
  complain([`${file} cannot be simulated:`, ...faults], around);
  return REFUSED;
}

function overgrown(rows: readonly Measurement[], around: Surroundings): number {
  const seconds = Math.floor((rows[0]?.endMs ?? 0) / 1000);
  const behind = rows
    .filter(({ lagMs }) => (lagMs ?? 0) > 0)
    .map(({ node, lagMs }) => `  ${node} is ${Math.round((lagMs ?? 0) / 1000)} s behind`);
  const remedy =
    behind.length > 0
      ? 'Make that node larger, offer less load or measure a shorter time.'
      : 'Offer less load or measure a shorter time.';
  complain(
    [
      `Stopped after ${seconds} simulated seconds: requests and background work pile up faster than they are done.`,
      ...behind,
      remedy,
    ],
    around,
  );
  return REFUSED;
}
