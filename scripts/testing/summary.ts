import type { Counts } from './counts.ts';

/** A step that ended, or the reason why it was not run. */
export type StepResult = {
  readonly name: string;
} & (
  | { readonly state: 'ran'; readonly counts: Counts; readonly seconds: number }
  | { readonly state: 'skipped'; readonly reason: string }
);

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * The sum over the steps; a step that was not run counts as one skipped.
 *
 * @param strict a skip is a failure, as where the machine is ours to set up
 */
export function totals(results: readonly StepResult[], strict: boolean): Totals {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    const skipped = result.state === 'ran' ? result.counts.skipped.length : 1;
    sum[strict ? 'failed' : 'skipped'] += skipped;
    if (result.state === 'ran') {
      sum.passed += result.counts.passed;
      sum.failed += result.counts.failed;
    }
  }
  return sum;
}

/** Whether all is proven: something ran and nothing failed. */
export function succeeded({ passed, failed }: Totals): boolean {
  return failed === 0 && passed > 0;
}

/** The last line of all. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/** One line a step, and one for each thing that was not run. */
export function table(results: readonly StepResult[]): string {
  return results.flatMap((result) => [row(result), ...skippedTests(result)]).join('\n');
}

function row(result: StepResult): string {
  const name = result.name.padEnd(12);
  if (result.state === 'skipped') return `- ${name} skipped: ${result.reason}`;
  const { passed, failed } = result.counts;
  const mark = failed === 0 ? '+' : 'x';
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
  return `${mark} ${name}${counts} ${result.seconds.toFixed(1).padStart(7)} s`;
}

function skippedTests(result: StepResult): string[] {
  if (result.state === 'skipped') return [];
  return result.counts.skipped.map((test) => `    skipped: ${test}`);
}
