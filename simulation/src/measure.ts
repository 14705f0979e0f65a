import { CATALOG } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { RunningNode } from './execution/running-node.ts';
import { Simulator } from './execution/simulator.ts';
import { KINDS } from './game-kinds.ts';
import type {
  LoadPoint,
  Measurement,
  NodeId,
  Profile,
  Scenario,
  TopologyNode,
  Trace,
} from './protocol/index.ts';
import { purchaseFigures } from './rules/purchases.ts';
import { sizeEntryOf } from './rules/topology-edits.ts';
import { curveAt, sharesAt } from './rules/traffic.ts';
import { withUsageCosts } from './rules/usage-costs.ts';

/** What a measuring run may be asked for; bounds are included. */
export const MEASURING_LIMITS = {
  seed: { min: 0, max: 4_294_967_295 },
  ratePerSecond: { min: 0.001, max: 100_000 },
  warmupSeconds: { min: 0, max: 86_400 },
  seconds: { min: 0.001, max: 86_400 },
  requests: { min: 1, max: 1_000_000_000 },
  traceRatio: { min: 0.000_001, max: 1 },
} as const;

/** Requests and background work under way at once; more would not end, only fill the memory. */
const MAX_UNFINISHED = 100_000;

/** Seconds of a run in an hour of running costs. */
const SECONDS_PER_HOUR = 60;

/** Until so many seconds have passed, or so many requests have arrived (in at most the longest time). */
export type MeasuringExtent = { readonly seconds: number } | { readonly requests: number };

/** A topology under a given load, without users, money or commands. */
export interface Measuring
  extends Pick<
    Scenario,
    'topology' | 'classes' | 'mix' | 'data' | 'arrivals' | 'faults' | 'releases'
  > {
  /** How long an hour is for running costs; a minute unless given, as in the first stage. */
  readonly secondsPerGameHour?: number;
  /** The game's own cloud unless given. */
  readonly profile?: Profile;
  readonly seed: number;
  /** Offered load over simulated time, in ascending order, on straight lines between the points; one point is a constant load. */
  readonly load: readonly LoadPoint[];
  /** Time from the beginning that no measurement shows. */
  readonly warmupSeconds: number;
  readonly extent: MeasuringExtent;
  /** Share of the measured requests that are traced, 0 to 1; none unless given. */
  readonly traceRatio?: number;
}

export interface MeasuringProgress {
  /** Simulated time since the beginning of the warm-up. */
  readonly timeMs: number;
  /** Requests that have arrived in the measured window. */
  readonly offered: number;
  /** Share of the run that is done, 0 to 1. */
  readonly doneRatio: number;
}

/** One row end to end, then one a node in the topology's order, each over the whole measured window. */
export type MeasuringResult =
  | {
      readonly outcome: 'measured';
      readonly rows: readonly Measurement[];
      /** Of the sampled requests that arrived and ended in the measured window, the first of them (`MAX_TRACES`). */
      readonly traces: readonly Trace[];
    }
  /** Background work piled up without bound: the rows show how far behind its node is (`lagMs`). */
  | { readonly outcome: 'overgrown'; readonly rows: readonly Measurement[] };

/**
 * Runs requests through a topology and yields after each simulated second; the measured window is one
 * window of the simulator, so memory does not grow with its length. The input must be free of problems
 * (`scenarioProblems`, then `measuringProblems`).
 */
export function* measure(measuring: Measuring): Generator<MeasuringProgress, MeasuringResult> {
  const { warmupSeconds, extent } = measuring;
  const run = new MeasuringRun(measuring);
  const warmupMs = warmupSeconds * 1000;
  const seconds = 'seconds' in extent ? extent.seconds : MEASURING_LIMITS.seconds.max;
  const requests = 'requests' in extent ? extent.requests : null;
  const endMs = warmupMs + seconds * 1000;
  while (run.timeMs < warmupMs) {
    run.advance(warmupMs, null);
    const doneRatio = requests === null ? run.timeMs / endMs : 0;
    yield { timeMs: run.timeMs, offered: 0, doneRatio };
    if (run.overgrown) return { outcome: 'overgrown', rows: run.closeWindow() };
  }
  if (warmupMs > 0) run.closeWindow();
  run.trace(measuring.traceRatio ?? 0);
  while (run.timeMs < endMs && (requests === null || run.offered < requests)) {
    run.advance(endMs, requests);
    const { timeMs, offered } = run;
    yield { timeMs, offered, doneRatio: requests === null ? timeMs / endMs : offered / requests };
    if (run.overgrown) return { outcome: 'overgrown', rows: run.closeWindow() };
  }
  return { outcome: 'measured', rows: run.closeWindow(), traces: run.takeTraces() };
}

/** The load at a time, in requests a second; asked for times must ascend. */
export function loadCurve(load: readonly LoadPoint[]): (atSeconds: number) => number {
  const curve = load.map(({ atSeconds, ratePerSecond: factor }) => ({ atSeconds, factor }));
  let begun = 0;
  return (atSeconds) => {
    while ((curve[begun + 1]?.atSeconds ?? Number.POSITIVE_INFINITY) <= atSeconds) begun++;
    return curveAt(curve.slice(begun, begun + 2), atSeconds);
  };
}

class MeasuringRun {
  readonly #measuring: Measuring;
  readonly #simulator: Simulator;
  readonly #clients: RunningNode;
  readonly #rateAt: (atSeconds: number) => number;

  constructor(measuring: Measuring) {
    const { topology, classes, data, arrivals, seed, profile = DEFAULT_PROFILE } = measuring;
    const { faults = [], releases = [] } = measuring;
    this.#measuring = measuring;
    this.#simulator = new Simulator({
      kinds: KINDS,
      profile,
      seed,
      classes,
      data,
      arrivals,
      faults,
      releases,
    });
    this.#simulator.setTopology(topology, false);
    const clients = topology.nodes.find((node) => node.kind === 'clients') as TopologyNode;
    this.#clients = this.#simulator.topology.get(clients.id) as RunningNode;
    this.#rateAt = loadCurve(measuring.load);
  }

  get timeMs(): number {
    return this.#simulator.nowMs;
  }

  /** Requests that have arrived in the present window. */
  get offered(): number {
    return this.#clients.meter.offered;
  }

  get overgrown(): boolean {
    return this.#simulator.inFlight > MAX_UNFINISHED;
  }

  /** Plays to the next full second, to `endMs` or to the arrival of the window's `requests`-th request, whichever is first. */
  advance(endMs: number, requests: number | null): void {
    const simulator = this.#simulator;
    const second = Math.floor(simulator.nowMs / 1000);
    simulator.setLoad(this.#rateAt(second), sharesAt(this.#measuring, second));
    const untilMs = Math.min((second + 1) * 1000, endMs);
    if (requests !== null) {
      while (this.offered < requests && simulator.nextEventMs <= untilMs) {
        simulator.runUntil(simulator.nextEventMs);
      }
      if (this.offered >= requests) return;
    }
    simulator.runUntil(untilMs);
  }

  /** Traces this share of the requests from now on. */
  trace(ratio: number): void {
    this.#simulator.tracing.sample(ratio);
  }

  takeTraces(): Trace[] {
    return this.#simulator.tracing.take();
  }

  closeWindow(): Measurement[] {
    const { topology, secondsPerGameHour = SECONDS_PER_HOUR } = this.#measuring;
    const prices = new Map(
      topology.nodes.map((node) => {
        const entry = sizeEntryOf(node, CATALOG);
        const costPerHour = entry === null ? 0 : purchaseFigures(node, entry).costPerHour;
        return [node.id, { costPerHour, usagePrice: entry?.usagePrice }];
      }),
    );
    const costPerHour = (id: NodeId) => prices.get(id)?.costPerHour ?? 0;
    const rows = this.#simulator.closeWindow(topology, costPerHour);
    const usagePrice = (id: NodeId) => prices.get(id)?.usagePrice;
    return withUsageCosts(rows, { usagePrice, secondsPerGameHour });
  }
}
