import { randomUUID } from 'node:crypto';
import { CATALOG, DEFAULT_PROFILE } from '@project-devops/simulation';
import {
  END_TO_END,
  errorCount,
  type Measurement,
  MeasurementSchema,
  parse,
  type RealProblem,
  type Topology,
} from '@project-devops/simulation/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../clock.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { createHeartbeat, type Heartbeat } from '../janitor/heartbeat.ts';
import { removeSession } from '../janitor/remove-session.ts';
import { createK6LoadGenerator } from '../load/k6-load-generator.ts';
import { openContainerSandbox } from '../real/container-sandbox.ts';
import { loadPlan } from '../real/plan-load.ts';
import type { Sandbox } from '../real/sandbox.ts';
import { createDockerRuntime } from '../runtimes/docker.ts';
import { createDockerImageStore } from '../runtimes/docker-images.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const position = { x: 0, y: 0 };
const topology: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position },
    { kind: 'load-balancer', id: 'balancer', size: 'S', policy: 'round-robin', position },
    { kind: 'vm-basic', id: 'web', size: 'M', position },
  ],
  links: [
    { from: 'clients', to: 'balancer' },
    { from: 'balancer', to: 'web' },
  ],
};
const classes = {
  home: { operations: ['static' as const], revenue: 1, onTimeMs: 400, timeoutMs: 2_000 },
  news: { operations: ['static' as const], revenue: 1, onTimeMs: 400, timeoutMs: 2_000 },
};
const session = `telemetry-${randomUUID()}`;
const clock = systemClock;
const runtime = createDockerRuntime();
const folder = temporaryDirectory();
const ending = new AbortController();
const problems: RealProblem[] = [];
let heartbeat: Heartbeat;
let load: ReturnType<typeof createK6LoadGenerator>;
let sandbox: Sandbox;

beforeAll(async () => {
  const images = await ensureImages(createDockerImageStore(), () => undefined);
  heartbeat = await createHeartbeat({ folder: folder.path, session, address: '', clock });
  const owner = { session, heartbeat: heartbeat.path };
  const onEnded = (problem: RealProblem) => problems.push(problem);
  load = createK6LoadGenerator({ ...owner, runtime, clock, image: images.k6, onEnded });
  sandbox = await openContainerSandbox({
    ...{ runtime, clock, load, versions: {}, signal: ending.signal },
    news: { containers: () => undefined, troubles: () => undefined, loadEnded: onEnded },
    remove: async () => undefined,
    input: {
      ...{ ...owner, topology, classes, images, catalog: CATALOG, scale: 1, seed: 1 },
      data: { items: 100, zipfExponent: 1, hotRows: 10, hotRowExponent: 1 },
      demands: DEFAULT_PROFILE.demands,
      work: { roundsPerMs: 500, rowsPerMs: 700 },
      storePassword: 'nobody-asks',
    },
  });
});

afterAll(async () => {
  await load?.[Symbol.asyncDispose]();
  ending.abort();
  await removeSession(runtime, session);
  await heartbeat?.[Symbol.asyncDispose]();
  await runtime[Symbol.asyncDispose]();
});

const plan = (generation: number, ratePerSecond: number) =>
  loadPlan(
    { classes, mix: [{ atSeconds: 0, shares: { home: 3, news: 1 } }] },
    {
      generation,
      target: sandbox.entry(),
      fromSeconds: 0,
      steps: [{ seconds: 600, ratePerSecond }],
      seed: 4,
    },
  );

/** The seconds from `beginMs` on, each as soon as it can be told; lost ones are empty. */
async function seconds(beginMs: number, from: number, to: number): Promise<Measurement[][]> {
  const all: Measurement[][] = [];
  for (let second = from; second < to; second++) {
    const startMs = second * 1000;
    const wallStartMs = beginMs + startMs;
    const wall = { wallStartMs, wallEndMs: wallStartMs + 1_000 };
    for (;;) {
      const window = { ...wall, startMs, endMs: startMs + 1_000 };
      const measured = await sandbox.telemetry.measure(window, sandbox.service());
      if (measured.state !== 'pending') {
        all.push(measured.state === 'measured' ? [...measured.rows] : []);
        break;
      }
      await sleep(clock, 200);
    }
  }
  return all;
}

const sum = (all: readonly Measurement[][], node: string, field: 'offered' | 'served') =>
  all.flat().reduce((total, row) => total + (row.node === node ? row[field] : 0), 0);

describe('containers under load, as Prometheus tells them', { timeout: 120_000 }, () => {
  it('are offered what was planned, through a change of plans, and serve it', async () => {
    const first = await load.prepare(plan(1, 20));
    const beginMs = await first.release();
    const before = await seconds(beginMs, 0, 8);
    const next = await load.prepare(plan(2, 40));
    const changeMs = await next.release(beginMs + 10_000);
    expect(changeMs).toBe(beginMs + 10_000);
    const after = [...before, ...(await seconds(beginMs, 8, 14))];
    await load.stop();
    const stoppedAfter = Math.ceil((clock.now() - beginMs) / 1000) + 2;
    const all = [...after, ...(await seconds(beginMs, 14, stoppedAfter))];

    expect(all.every((rows) => rows[0]?.node === END_TO_END)).toBe(true);
    expect(sum(all.slice(0, 9), END_TO_END, 'offered')).toBeGreaterThan(178);
    expect(sum(all.slice(0, 9), END_TO_END, 'offered')).toBeLessThan(182);
    expect(sum(all.slice(11, 13), END_TO_END, 'offered')).toBeGreaterThan(76);
    expect(sum(all.slice(11, 13), END_TO_END, 'offered')).toBeLessThan(84);
    // A busy machine may be late for a request's deadline; but none is lost from the books.
    const failed = all
      .flat()
      .reduce(
        (total, { node, errors }) => total + (node === END_TO_END ? errorCount(errors) : 0),
        0,
      );
    const offered = sum(all, END_TO_END, 'offered');
    const served = sum(all, END_TO_END, 'served');
    expect(Math.abs(served + failed - offered)).toBeLessThan(1);
    expect(served).toBeGreaterThan(0.9 * offered);
    expect(all.at(-1)?.[0]?.inFlight).toBe(0);
    for (const row of all.flat()) expect(parse(MeasurementSchema, row)).toMatchObject({ ok: true });

    // Prometheus takes some seconds until it knows its targets; from then on they tell the same as k6.
    const known = all.slice(all.findLastIndex((rows) => rows.length < 3) + 1);
    expect(known.length).toBeGreaterThan(5);
    for (const node of ['balancer', 'web']) {
      const share = sum(known, node, 'served') / sum(known, END_TO_END, 'served');
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(1.1);
    }
    const web = known.flat().find((row) => row.node === 'web');
    expect(web?.utilisation).toBeGreaterThan(0);
    expect(web?.connections?.limit).toBeGreaterThan(0);
  });

  it('tell that k6 was killed, and go on with the next one', async () => {
    const [k6] = (await runtime.listContainers({})).filter(({ name }) =>
      name.startsWith(`project-devops-${session}-_k6`),
    );
    await (await load.prepare(plan(3, 20))).release();
    await runtime.removeContainer(k6?.id ?? '', 0);
    for (let i = 0; i < 50 && problems.length === 0; i++) await sleep(clock, 100);
    expect(problems).toMatchObject([{ node: 'k6', code: 'load-failed' }]);
    const beginMs = await (await load.prepare(plan(4, 20))).release();
    const all = await seconds(beginMs, 1, 5);
    expect(sum(all, END_TO_END, 'offered')).toBeGreaterThan(77);
    expect(sum(all, END_TO_END, 'offered')).toBeLessThan(83);
  });
});
