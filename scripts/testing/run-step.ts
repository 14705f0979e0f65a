import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../launch/child.mjs';
import { ROOT } from '../launch/places.mjs';
import { type Counts, checkCounts, withExitCode } from './counts.ts';
import type { Step } from './steps.ts';

/**
 * Runs a step with its output on ours, and counts what it came to. A program that ends without the report it
 * should write has failed once.
 *
 * @param reports the folder for reports
 */
export async function runStep(
  step: Step,
  reports: string,
  env: NodeJS.ProcessEnv,
): Promise<Counts> {
  const report = join(reports, `${step.name}.json`);
  const fill = (text: string) => text.replace('{report}', report);
  const extra = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]);
  const exitCode = await runChild(
    process.execPath,
    [join(ROOT, step.script), ...step.args.map(fill)],
    {
      cwd: join(ROOT, step.cwd ?? ''),
      env: { ...env, ...Object.fromEntries(extra) },
      limitMs: step.limitMinutes * 60_000,
    },
  );
  if (step.counting.kind === 'check') return checkCounts(exitCode);
  if (!existsSync(report)) return checkCounts(exitCode === 0 ? 1 : exitCode);
  return withExitCode(
    step.counting.read(JSON.parse(readFileSync(report, 'utf8')) as never),
    exitCode,
  );
}
