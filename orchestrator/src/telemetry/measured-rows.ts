import {
  CALL_METRICS,
  CAUSES,
  type Cause,
  CLIENT_METRICS,
  CPU_METRIC,
  clientSeries,
  END_TO_END,
  LATENCY_BOUNDS_SECONDS,
  type Latency,
  type Measurement,
  percentileFromBuckets,
  REQUEST_METRICS,
  STORE_METRICS,
  type TopologyNode,
} from '@project-devops/simulation/protocol';
import { CLIENT_ALIVE } from './prometheus-source.ts';
import type { SeriesStore } from './series-store.ts';
import type { MeasuredService, WallWindow } from './telemetry.ts';

type Labels = Readonly<Record<string, string>>;

/** A node that has told nothing for so long is not waited for. */
const SILENCE_MS = 2_000;
/** One missed scrape leaves no sample nearer than this. */
const GAP_MS = 1_500;

/** What was measured in one window; every figure comes from the samples alone. */
export class WindowReader {
  readonly #store: SeriesStore;
  readonly #window: WallWindow;
  readonly #service: MeasuredService;

  constructor(store: SeriesStore, window: WallWindow, service: MeasuredService) {
    this.#store = store;
    this.#window = window;
    this.#service = service;
  }

  /** The whole service as k6 saw it. */
  endToEnd(): Measurement {
    const name = (metric: keyof typeof CLIENT_METRICS) => clientSeries(CLIENT_METRICS[metric]);
    const good: Record<string, number> = {};
    for (const requestClass of Object.keys(this.#service.classes)) {
      good[requestClass] = this.#increase(name('good'), { class: requestClass });
    }
    const buckets = this.#byLabel(name('served'), 'le', {});
    const bucketCounts = [...LATENCY_BOUNDS_SECONDS.map(leOf), '+Inf'].map(
      (le) => buckets[le] ?? 0,
    );
    const sumSeconds = this.#increase(name('latencySum'), {});
    const latency = latencyOf(bucketCounts, sumSeconds);
    return {
      ...this.#blank(END_TO_END),
      offered: this.#increase(name('sent'), {}),
      served: latency.count,
      good: Object.values(good).reduce((sum, count) => sum + count, 0),
      goodByClass: good,
      errors: this.#errors(name('errors'), {}),
      inFlight: this.#clientsInFlight(),
      latency,
    };
  }

  /** Whether a node's samples are still to come: it told something lately, but not up to the window's end. */
  isAwaited(node: TopologyNode): boolean {
    const { wallStartMs, wallEndMs } = this.#window;
    const newest = this.#store.newest(signOfLife(node), { node: node.id });
    return newest < wallEndMs && newest >= wallStartMs - SILENCE_MS;
  }

  /** A node's row; null when it told nothing around the window's beginning or its end. */
  node(node: TopologyNode): Measurement | null {
    const { wallStartMs, wallEndMs } = this.#window;
    const isTold = (atMs: number) =>
      this.#store.isTold(signOfLife(node), { node: node.id }, atMs, GAP_MS);
    if (!isTold(wallStartMs) || !isTold(wallEndMs)) return null;
    switch (node.kind) {
      case 'clients':
        return null;
      case 'load-balancer':
      case 'vm-basic':
        return this.#server(node.id);
      case 'sql-primary':
      case 'sql-replica':
      case 'cache':
        return this.#storeNode(node);
    }
  }

  #server(id: string): Measurement | null {
    const { endMs } = wallOf(this.#window);
    const inFlight = this.#store.valueAt(REQUEST_METRICS.inFlight, { node: id }, endMs);
    if (inFlight === null) return null;
    const at = { node: id };
    const latency = this.#latency(REQUEST_METRICS.duration, at);
    const good = this.#store.select(REQUEST_METRICS.good, at);
    const limit = this.#service.connections[id];
    const used = this.#store.valueAt(REQUEST_METRICS.inFlightPeak, at, endMs);
    return {
      ...this.#blank(id),
      offered: this.#increase(REQUEST_METRICS.received, at),
      served: latency.count,
      good: good.length === 0 ? latency.count : this.#increase(REQUEST_METRICS.good, at),
      errors: this.#errors(REQUEST_METRICS.errors, at),
      inFlight,
      latency,
      utilisation: this.#utilisation(id),
      queueDepth: this.#perSecond(REQUEST_METRICS.waiting, at),
      connections: limit === undefined || used === null ? null : { used, limit },
    };
  }

  #storeNode(node: TopologyNode): Measurement | null {
    const { endMs } = wallOf(this.#window);
    const at = { node: node.id };
    const calls = { target: node.id };
    const latency = this.#latency(CALL_METRICS.duration, calls);
    const limit = this.#service.connections[node.id];
    const used = this.#store.valueAt(STORE_METRICS.connections, at, endMs);
    const lag = this.#store.valueAt(STORE_METRICS.lag, at, endMs);
    return {
      ...this.#blank(node.id),
      offered: this.#increase(CALL_METRICS.sent, calls),
      served: latency.count,
      good: latency.count,
      errors: this.#errors(CALL_METRICS.errors, calls),
      latency,
      utilisation: this.#utilisation(node.id),
      connections: limit === undefined || used === null ? null : { used, limit },
      lockWaits:
        node.kind === 'sql-primary'
          ? this.#store.valueAt(STORE_METRICS.lockWaits, at, endMs)
          : null,
      hitRatio: node.kind === 'cache' ? this.#hitRatio(at) : null,
      lagMs: lag === null || node.kind !== 'sql-replica' ? null : lag * 1000,
    };
  }

  /** Cores that a container used, by node or role. */
  coresUsed(): Record<string, number> {
    const used: Record<string, number> = {};
    for (const { labels } of this.#store.select(CPU_METRIC, {})) {
      const id = labels.node;
      const cores = id === undefined ? null : this.#perSecond(CPU_METRIC, { node: id });
      if (id !== undefined && cores !== null) used[id] = cores;
    }
    return used;
  }

  #utilisation(id: string): number | null {
    const cores = this.#service.cores[id];
    const used = this.#perSecond(CPU_METRIC, { node: id });
    return cores === undefined || used === null ? null : used / cores;
  }

  #hitRatio(at: Labels): number | null {
    const hits = this.#increase(STORE_METRICS.hits, at);
    const misses = this.#increase(STORE_METRICS.misses, at);
    return hits + misses === 0 ? null : hits / (hits + misses);
  }

  /** Of the k6 that runs; what one that died had under way was never counted. */
  #clientsInFlight(): number {
    const { endMs } = wallOf(this.#window);
    const running = this.#store
      .select(CLIENT_ALIVE, {})
      .filter((series) => series.newestMs >= endMs);
    const total = (metric: keyof typeof CLIENT_METRICS) =>
      running
        .flatMap(({ labels: { generation = '' } }) =>
          this.#store.select(clientSeries(CLIENT_METRICS[metric]), { generation }),
        )
        .reduce((sum, series) => sum + series.totalAt(endMs), 0);
    return Math.max(0, total('sent') - total('served') - total('errors'));
  }

  #latency(metric: string, at: Labels): Latency {
    const cumulative = this.#byLabel(`${metric}_bucket`, 'le', at);
    const upTo = [...LATENCY_BOUNDS_SECONDS.map(leOf), '+Inf'].map((le) => cumulative[le] ?? 0);
    const counts = upTo.map((count, i) => Math.max(0, count - (upTo[i - 1] ?? 0)));
    return latencyOf(counts, this.#increase(`${metric}_sum`, at));
  }

  #errors(metric: string, at: Labels): Measurement['errors'] {
    const counts = this.#byLabel(metric, 'cause', at);
    const known = CAUSES.filter((cause) => (counts[cause] ?? 0) > 0);
    return Object.fromEntries(known.map((cause) => [cause, counts[cause]])) as Partial<
      Record<Cause, number>
    >;
  }

  /** Increases by a label's value; values of bounds are written as `leOf` writes them. */
  #byLabel(metric: string, label: string, at: Labels): Record<string, number> {
    const { startMs, endMs } = wallOf(this.#window);
    const sums: Record<string, number> = {};
    for (const { labels, totalAt } of this.#store.select(metric, at)) {
      const text = labels[label] ?? '';
      const key = label === 'le' && text !== '+Inf' ? leOf(Number(text)) : text;
      sums[key] = (sums[key] ?? 0) + totalAt(endMs) - totalAt(startMs);
    }
    return sums;
  }

  #increase(metric: string, at: Labels): number {
    const { startMs, endMs } = wallOf(this.#window);
    return Math.max(0, this.#store.increase(metric, at, startMs, endMs));
  }

  /** Mean growth in a second; null when nothing was told. */
  #perSecond(metric: string, at: Labels): number | null {
    const { startMs, endMs } = wallOf(this.#window);
    if (this.#store.newest(metric, at) < startMs) return null;
    return this.#increase(metric, at) / ((endMs - startMs) / 1000);
  }

  #blank(node: string): Measurement {
    return {
      node,
      source: 'measured',
      startMs: this.#window.startMs,
      endMs: this.#window.endMs,
      offered: 0,
      served: 0,
      good: 0,
      errors: {},
      inFlight: 0,
      latency: latencyOf([...LATENCY_BOUNDS_SECONDS.map(() => 0), 0], 0),
      utilisation: null,
      queueDepth: null,
      connections: null,
      lockWaits: null,
      hitRatio: null,
      lagMs: null,
      costPerHour: null,
    };
  }
}

/** Told with every scrape. */
function signOfLife({ kind }: TopologyNode): string {
  return kind === 'load-balancer' || kind === 'vm-basic' ? CPU_METRIC : STORE_METRICS.up;
}

function wallOf({ wallStartMs, wallEndMs }: WallWindow) {
  return { startMs: wallStartMs, endMs: wallEndMs };
}

/** A bound as one text, however its digits were written. */
function leOf(seconds: number): string {
  return seconds.toPrecision(6);
}

function latencyOf(bucketCounts: number[], sumSeconds: number): Latency {
  const percentile = (q: number) => percentileFromBuckets(bucketCounts, q);
  return {
    count: bucketCounts.reduce((sum, count) => sum + count, 0),
    sumMs: Math.max(0, sumSeconds * 1000),
    bucketCounts,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}
