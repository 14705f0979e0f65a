import { type Measuring, type MeasuringResult, measure, otlpOf } from '@project-devops/simulation';
import type { Measurement, Problem } from '@project-devops/simulation/protocol';
import { complain, problemLines, type Terminal } from '../messages.ts';
import { type Order, type Output, readOrder, USAGE } from './arguments.ts';
import { csvOf } from './csv.ts';
import { planOf } from './plan.ts';
import { ProgressLine } from './progress.ts';
import { readFile } from './read-file.ts';
import { type Report, reportOf } from './report.ts';
import { subjectOf } from './subject.ts';
import { tableOf } from './table.ts';
import { writeTraces } from './write-traces.ts';

/** What the program may touch besides files. */
export interface Surroundings {
  /** Prints results. */
  print(text: string): void;
  readonly terminal: Terminal;
  /** A clock in milliseconds. */
  readonly now: () => number;
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
  const content = await readFile(order.file);
  const subject = content.ok ? subjectOf(content.value) : content;
  if (!subject.ok) return refused(order.file, subject.problems, around);
  const plan = planOf(subject.value, order);
  if (plan.kind === 'fault') return misused(plan.fault, around);
  if (plan.kind === 'refused') return refused(order.file, plan.problems, around);
  const result = run(plan.measuring, around);
  if (result.outcome === 'overgrown') return overgrown(result.rows, around);
  if (order.trace !== null) {
    const fault = await writeTraces(order.trace.file, otlpOf(result.traces, order.seed));
    if (fault !== null) return refusedFile(fault, around);
    const n = result.traces.length;
    complain([`${n} ${n === 1 ? 'trace' : 'traces'} written to ${order.trace.file}.`], around);
  }
  const report = reportOf(subject.value, order, plan.measuring, result.rows);
  around.print(FORMATTERS[order.output](report));
  if (order.output === 'csv') complain(report.notes, around);
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

function refusedFile(fault: string, around: Surroundings): number {
  complain([fault], around);
  return REFUSED;
}

function misused(fault: string, around: Surroundings): number {
  complain([fault, 'All options: npm run simulate -- --help'], around);
  return MISUSED;
}

function refused(file: string, problems: readonly Problem[], around: Surroundings): number {
  complain([`${file} cannot be simulated:`, ...problemLines(problems)], around);
  return REFUSED;
}

function overgrown(rows: readonly Measurement[], around: Surroundings): number {
  const seconds = Math.floor((rows[0]?.endMs ?? 0) / 1000);
  const behind = rows
    .filter(({ lagMs }) => (lagMs ?? 0) > 0)
    .map(({ node, lagMs }) => `  ${node} is ${Math.round((lagMs ?? 0) / 1000)} s behind`);
  complain(
    [
      `Stopped after ${seconds} simulated seconds: background work piles up faster than it is done.`,
      ...behind,
      'Make that node larger, offer less load or measure a shorter time.',
    ],
    around,
  );
  return REFUSED;
}
