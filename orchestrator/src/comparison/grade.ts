import {
  END_TO_END,
  GRADES,
  type Grade,
  type Scorecard,
  type ScorecardLine,
} from '@project-devops/simulation/protocol';
import { COMPARED_FIGURES } from './compared-figures.ts';
import { lineSeverity } from './scorecard-lines.ts';
import { errorSize, METRIC_NAMES, nodeName } from './wording.ts';

/** Without these end to end there is no grade, and over less time they are chance. */
const NEEDED = ['throughput', 'p50-latency'] as const;
const MIN_COVERED_MS = 10_000;

/**
 * The worst deciding line end to end gives the grade. A deciding line of a node that is worse lowers it by
 * one step, no more: a service predicted well as a whole, for the wrong reasons inside, is no A.
 * `coveredMs`: time that both sides have. `decidedBy` is the line's node and metric with a space between.
 */
export function gradeOf(lines: readonly ScorecardLine[], coveredMs: number): Scorecard['grade'] {
  const endToEnd = lines.filter(({ node }) => node === END_TO_END);
  const missing = missingFor(endToEnd, coveredMs);
  const service = worst(endToEnd.filter(({ metric }) => COMPARED_FIGURES[metric].decides.endToEnd));
  if (missing !== null || service === null) {
    return { grade: null, reason: missing ?? NOTHING, decidedBy: null };
  }
  const inside = worst(
    lines.filter(
      ({ node, metric }) => node !== END_TO_END && COMPARED_FIGURES[metric].decides.node,
    ),
  );
  if (inside === null || inside.step <= service.step) return decided(service, service.step);
  return decided(inside, service.step + 1, service);
}

const NOTHING = 'Nothing to judge yet: no window is there from both sides.';

function missingFor(endToEnd: readonly ScorecardLine[], coveredMs: number): string | null {
  if (coveredMs === 0) return NOTHING;
  if (coveredMs < MIN_COVERED_MS) {
    return `Too early to judge: ${seconds(coveredMs)} s are there from both sides, a grade needs ${seconds(MIN_COVERED_MS)} s.`;
  }
  const lacking = NEEDED.filter(
    (needed) => !endToEnd.some(({ metric, error }) => metric === needed && error !== null),
  );
  if (lacking.length === 0) return null;
  const names = lacking.map((metric) => METRIC_NAMES[metric]).join(' and ');
  return `Too few requests to judge: ${names} cannot be compared end to end.`;
}

interface Judged {
  readonly line: ScorecardLine;
  readonly error: number;
  readonly severity: number;
  /** 0 is the best grade. */
  readonly step: number;
}

function worst(lines: readonly ScorecardLine[]): Judged | null {
  const judged = lines.flatMap((line) => judge(line) ?? []);
  return judged.reduce<Judged | null>(
    (most, next) => (most === null || next.severity > most.severity ? next : most),
    null,
  );
}

function judge(line: ScorecardLine): Judged | null {
  const severity = lineSeverity(line);
  if (severity === null || line.error === null) return null;
  const step = Math.min(GRADES.length - 1, Math.max(0, Math.ceil(severity) - 1));
  return { line, error: line.error, severity, step };
}

function decided(judged: Judged, step: number, service?: Judged): Scorecard['grade'] {
  const { line } = judged;
  const grade = gradeAt(step);
  const opening = service === undefined ? grade : `${grade} instead of ${gradeAt(service.step)}`;
  return {
    grade,
    reason: `${opening}: ${sentence(judged)}.`,
    decidedBy: `${line.node} ${line.metric}`,
  };
}

function sentence({ line: { node, metric }, error, step }: Judged): string {
  const what = node === END_TO_END ? METRIC_NAMES[metric] : `${METRIC_NAMES[metric]} of ${node}`;
  const { tolerance } = COMPARED_FIGURES[metric];
  const size = errorSize(metric, error);
  if (step === 0) {
    const allowed = errorSize(metric, tolerance[0]);
    return `the largest error ${node === END_TO_END ? nodeName(node) : 'of a node'} is ${size}, of ${what} (A allows ${allowed})`;
  }
  const better = tolerance[step - 1] ?? tolerance[0];
  const direction = error > 0 ? 'high' : 'low';
  return `${what} is predicted ${size} too ${direction} (${gradeAt(step - 1)} allows ${errorSize(metric, better)})`;
}

function gradeAt(step: number): Grade {
  return GRADES[Math.min(step, GRADES.length - 1)] as Grade;
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
