import type { LoadPlan, Measurement, Topology } from '@project-devops/simulation/protocol';
import { END_TO_END, LATENCY_BOUNDS_MS, UNMEASURED } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import type { Sandbox, SandboxNews } from '../real/sandbox.ts';
import type { MeasuredWindow, WallWindow } from '../telemetry/telemetry.ts';

/** A sandbox without containers: it takes every topology and measures what its load plan offered. */
export interface FakeSandbox extends Sandbox {
  readonly topologies: Topology[];
  readonly restarts: string[];
  readonly plans: LoadPlan[];
  /** Whether a generation offers load now. */
  readonly offering: boolean;
  readonly disposed: boolean;
  readonly news: SandboxNews;
  /** What the next windows are answered with. */
  telemetryState: 'measured' | 'pending' | 'lost' | 'down';
  /** Iterations that each window dropped. */
  dropped: number;
  /** Makes the next preparation of a load fail. */
  refuseLoad: boolean;
}

/** Time a generation takes to get ready and to be let go. */
const PREPARE_MS = 500;
const RELEASE_MS = 100;

export function createFakeSandbox(
  clock: Clock,
  topology: Topology,
  news: SandboxNews,
): FakeSandbox {
  let current: { readonly plan: LoadPlan; readonly wallMs: number } | null = null;
  const after = (ms: number) => new Promise<void>((resolve) => clock.later(resolve, ms));
  const sandbox: FakeSandbox & { disposed: boolean } = {
    session: 'fake',
    versions: { engine: 'fake' },
    topologies: [topology],
    restarts: [],
    plans: [],
    news,
    telemetryState: 'measured',
    dropped: 0,
    refuseLoad: false,
    disposed: false,
    get offering() {
      return current !== null;
    },
    containers: topology.nodes
      .filter((node) => node.kind !== 'clients')
      .map((node) => ({
        node: node.id,
        image: node.kind,
        status: 'healthy',
        cpuMillicores: 250,
        memoryMiB: 128,
        cpuUsed: null,
        exitCode: null,
        lastLines: [],
      })),
    load: {
      async prepare(plan) {
        await after(PREPARE_MS);
        if (sandbox.refuseLoad) throw new Error('k6 refused the plan');
        sandbox.plans.push(plan);
        return {
          generation: plan.generation,
          async release() {
            await after(RELEASE_MS);
            current = { plan, wallMs: clock.now() };
            return clock.now();
          },
          async discard() {},
        };
      },
      async stop() {
        current = null;
      },
      async [Symbol.asyncDispose]() {
        current = null;
      },
    },
    telemetry: {
      async measure(window) {
        if (sandbox.telemetryState === 'down') throw new Error('Prometheus does not answer.');
        return sandbox.telemetryState === 'measured'
          ? measured(window, current, sandbox)
          : { state: sandbox.telemetryState };
      },
    },
    service: () => ({
      topology: sandbox.topologies.at(-1) ?? topology,
      cores: {},
      connections: {},
      classes: {},
    }),
    entry() {
      const { links, nodes } = sandbox.topologies.at(-1) ?? topology;
      const clients = nodes.find((node) => node.kind === 'clients')?.id;
      return links.find((link) => link.from === clients)?.to ?? 'nowhere';
    },
    async change(next) {
      await after(PREPARE_MS);
      sandbox.topologies.push(next);
    },
    async restart(node) {
      sandbox.restarts.push(node);
    },
    async logs(node, lines) {
      if (node !== 'web-1') throw new Error(`There is no container for ${node}.`);
      return ['first line', 'last line'].slice(-lines);
    },
    async [Symbol.asyncDispose]() {
      await after(PREPARE_MS);
      sandbox.disposed = true;
    },
  };
  return sandbox;
}

/** As many requests as the plan's steps had in the window, all served in 4 ms. */
function measured(
  { startMs, endMs, wallStartMs }: WallWindow,
  current: { readonly plan: LoadPlan; readonly wallMs: number } | null,
  { dropped }: FakeSandbox,
): MeasuredWindow {
  let left = current === null ? 0 : (wallStartMs - current.wallMs) / 1000;
  const step = current?.plan.steps.find(({ seconds }) => {
    left -= seconds;
    return left < 0;
  });
  const served = Math.round(((step?.ratePerSecond ?? 0) * (endMs - startMs)) / 1000) - dropped;
  const row = servedRow(startMs, endMs, Math.max(0, served));
  return {
    state: 'measured',
    rows: [row],
    droppedIterations: dropped,
    coresUsed: { 'web-1': 0.1 },
  };
}

function servedRow(startMs: number, endMs: number, served: number): Measurement {
  const bucketCounts: number[] = [...LATENCY_BOUNDS_MS.map(() => 0), 0];
  bucketCounts[LATENCY_BOUNDS_MS.findIndex((bound) => bound >= 4)] = served;
  return {
    node: END_TO_END,
    source: 'measured',
    startMs,
    endMs,
    offered: served,
    served,
    good: served,
    goodByClass: {},
    errors: {},
    inFlight: 0,
    latency: { count: served, sumMs: served * 4, bucketCounts, p50Ms: 4, p95Ms: 4, p99Ms: 4 },
    ...UNMEASURED,
  };
}
