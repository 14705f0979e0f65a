import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, findFirefox } from './browsers.ts';
import { dockerAnswers } from './docker.ts';
import { runStep } from './run-step.ts';
import { select } from './selection.ts';
import { STEPS, type Step } from './steps.ts';
import { closingLine, type StepResult, succeeded, table, totals } from './summary.ts';

/** Runs the steps named on the command line, else all; goes on after a failure, stops at a signal. */
const chromium = findChromium(process.env);
const firefox = findFirefox(process.env);
const env = {
  ...process.env,
  ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  ...(firefox === undefined ? {} : { FIREFOX: firefox }),
};
const docker = await dockerAnswers(process.env);
const strict = process.env.CI === 'true';
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const selection = select(STEPS, process.argv.slice(2));
if (selection.ok) {
  const results = await runAll(selection.steps);
  const sums = totals(results, strict);
  console.log(`\n${table(results)}`);
  console.log(closingLine(sums));
  process.exitCode = succeeded(sums) && !interrupted ? 0 : 1;
} else {
  console.error(`There is no step ${selection.unknown.join(', ')}.`);
  console.error(`Steps: ${STEPS.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 1;
}

async function runAll(steps: readonly Step[]): Promise<StepResult[]> {
  const reports = mkdtempSync(join(tmpdir(), 'project-devops-test-'));
  const results: StepResult[] = [];
  try {
    for (const step of steps) results.push(await runOne(step, reports, results));
  } finally {
    rmSync(reports, { recursive: true });
  }
  return results;
}

async function runOne(step: Step, reports: string, earlier: StepResult[]): Promise<StepResult> {
  const reason = reasonToSkip(step, earlier);
  if (reason !== null) return { name: step.name, state: 'skipped', reason };
  console.log(`\n== ${step.name}`);
  const start = performance.now();
  const counts = await runStep(step, reports, env);
  return { name: step.name, state: 'ran', counts, seconds: (performance.now() - start) / 1000 };
}

function reasonToSkip(step: Step, earlier: readonly StepResult[]): string | null {
  if (interrupted) return 'interrupted';
  if (step.needs === 'chromium' && chromium === undefined) {
    return 'no Chromium here: install it, or set CHROMIUM to its path';
  }
  if (step.needs === 'firefox' && firefox === undefined) {
    return 'no Firefox here: install it, or set FIREFOX to its path';
  }
  if (step.needs === 'docker' && !docker) {
    return 'no Docker engine answers here: start one, or set DOCKER_HOST to its address';
  }
  const missing = step.after?.find((name) => !earlier.some((result) => hasPassed(result, name)));
  return missing === undefined ? null : `${missing} failed`;
}

function hasPassed(result: StepResult, name: string): boolean {
  return result.name === name && result.state === 'ran' && result.counts.failed === 0;
}
