import { RULESET, SCENARIOS } from '@project-devops/simulation';
import type { Measurement, Profile, Scenario, Topology } from '@project-devops/simulation/protocol';
import { END_TO_END, errorCount } from '@project-devops/simulation/protocol';
import { provenanceOf } from '../../comparison/provenance.ts';
import { measureReality } from '../../real/measure-reality.ts';
import type { Sandbox, SandboxNews } from '../../real/sandbox.ts';
import { scorecardOf } from '../../real/scorecard-of.ts';
import type { ImageTags } from '../../sandbox/desired.ts';
import type { ProgramGround as Ground } from '../real/on-ground.ts';
import { kneeOf } from './knee.ts';

export interface BenchAround {
  readonly ground: Ground;
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Shares of the predicted knee at which prediction and reality are compared. */
const LOADS = [0.4, 0.6, 0.8] as const;
const WARMUP_SECONDS = 10;
const SECONDS = 60;
const SCALE_OUT_SECONDS = 15;
const SILENT: SandboxNews = { containers() {}, troubles() {}, loadEnded() {} };

/** Measures real mode's figures of merit on Stage 1 and prints one line each; the answer is the exit code. */
export async function benchReal({ ground, signal, print }: BenchAround): Promise<number> {
  const [stage] = SCENARIOS;
  if (stage === undefined) throw new Error('there is no stage to measure');
  const images = await ground.ensureImages(() => undefined, signal);
  const profile = await ground.profile();
  print(`profile: ${profile.name}${profile.measuredOn === undefined ? ' (not measured)' : ''}`);
  const knee = kneeOf(stage, profile);
  print(`predicted knee of ${stage.id} as it begins: ${knee.toFixed(1)} requests/s`);
  for (const share of LOADS) {
    if (signal.aborted) return 1;
    await accuracy({ ground, signal, print }, { stage, images, profile }, knee, share);
  }
  await scaleOut({ ground, signal, print }, { stage, images, profile });
  return signal.aborted ? 1 : 0;
}

interface Subject {
  readonly stage: Scenario;
  readonly images: ImageTags;
  readonly profile: Profile;
}

async function accuracy(
  { ground, signal, print }: BenchAround,
  { stage, images, profile }: Subject,
  knee: number,
  share: number,
): Promise<void> {
  const began = ground.clock.now();
  const request = { scenario: stage, seed: 1, profile, scale: 1, images };
  await using sandbox = await ground.openSandbox(request, SILENT, signal);
  if (share === LOADS[0]) print(`containers healthy after ${since(ground, began)} s`);
  const ratePerSecond = knee * share;
  const measurement = await measureReality(
    sandbox,
    measuringOf({ stage, images, profile }, stage.topology, ratePerSecond, SECONDS),
    { clock: ground.clock, signal },
  );
  if (share === LOADS[0])
    print(`first request due after ${since(ground, began, measurement.beganMs)} s`);
  const { versions } = sandbox;
  const run = { scenario: stage, seed: 1, ruleset: RULESET, profile, scale: 1, versions };
  const card = scorecardOf(measurement, SECONDS, provenanceOf(run));
  print(
    `at ${(share * 100).toFixed(0)} % of the knee (${ratePerSecond.toFixed(1)}/s), ${card.validWindows} windows:`,
  );
  for (const line of card.lines) {
    if (line.node !== END_TO_END || line.error === null) continue;
    const figures = `predicted ${line.predicted?.toFixed(2)} measured ${line.measured?.toFixed(2)}`;
    print(`  ${line.metric.padEnd(14)} ${figures} error ${(line.error * 100).toFixed(1)} %`);
  }
  const measured = measurement.measured.flatMap(({ rows }) => rows);
  print(`  knee by the utilisation law: ${kneeFromRows(measured).toFixed(1)} requests/s measured`);
}

/** Utilisation law: what is served, over the busiest node's share of its CPU that it took. */
function kneeFromRows(rows: readonly Measurement[]): number {
  const seconds = rows.filter(({ node }) => node === END_TO_END);
  const served = seconds.reduce((sum, row) => sum + row.served, 0) / Math.max(1, seconds.length);
  const byNode = [...Map.groupBy(rows, ({ node }) => node).values()];
  const busiest = byNode.map(
    (node) => node.reduce((sum, row) => sum + (row.utilisation ?? 0), 0) / node.length,
  );
  return served / Math.max(...busiest);
}

/** Puts a balancer with a second server before the first while traffic flows. */
async function scaleOut({ ground, signal, print }: BenchAround, subject: Subject): Promise<void> {
  const { stage, images, profile } = subject;
  const request = {
    scenario: { ...stage, topology: balanced(1) },
    seed: 1,
    profile,
    scale: 1,
    images,
  };
  const sandbox = await ground.openSandbox(request, SILENT, signal);
  try {
    const measuring = measuringOf(subject, balanced(1), 10, SCALE_OUT_SECONDS);
    const flowing = measureReality(sandbox, measuring, { clock: ground.clock, signal });
    await new Promise((resolve) => ground.clock.later(() => resolve(null), 15_000));
    const began = ground.clock.now();
    await sandbox.change(balanced(2));
    print(`live scale-out in force after ${since(ground, began)} s`);
    const rows = (await flowing).measured.flatMap(({ rows }) => rows);
    const service = rows.filter(({ node }) => node === END_TO_END);
    const failed = service.reduce((sum, { errors }) => sum + errorCount(errors), 0);
    print(`  requests that failed meanwhile: ${failed.toFixed(0)}`);
  } finally {
    await leave(ground, sandbox, print);
  }
}

async function leave(ground: Ground, sandbox: Sandbox, print: (line: string) => void) {
  const began = ground.clock.now();
  await sandbox[Symbol.asyncDispose]();
  print(`nothing left after ${since(ground, began)} s`);
}

function measuringOf(
  { stage, profile }: Subject,
  topology: Topology,
  ratePerSecond: number,
  seconds: number,
) {
  const { classes, mix, data } = stage;
  const load = [{ atSeconds: 0, ratePerSecond }];
  const how = { profile, seed: 1, scale: 1, load, warmupSeconds: WARMUP_SECONDS, seconds };
  return { topology, classes, mix, data, ...how };
}

function since(ground: Ground, beganMs: number, untilMs = ground.clock.now()): string {
  return ((untilMs - beganMs) / 1000).toFixed(1);
}

function balanced(servers: number): Topology {
  const position = { x: 0, y: 0 };
  const ids = Array.from({ length: servers }, (_, i) => `web-${i + 1}`);
  return {
    nodes: [
      { kind: 'clients', id: 'clients', position },
      { kind: 'load-balancer', id: 'balancer', size: 'S', policy: 'round-robin', position },
      ...ids.map((id) => ({ kind: 'vm-basic', id, size: 'S', position }) as const),
      { kind: 'sql-primary', id: 'primary', size: 'S', position },
    ],
    links: [
      { from: 'clients', to: 'balancer' },
      ...ids.flatMap((id) => [
        { from: 'balancer', to: id },
        { from: id, to: 'primary' },
      ]),
    ],
  };
}
