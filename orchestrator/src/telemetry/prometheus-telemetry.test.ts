import {
  CALL_METRICS,
  CPU_METRIC,
  LATENCY_BOUNDS_SECONDS,
  MeasurementSchema,
  parse,
  REQUEST_METRICS,
  STORE_METRICS,
  type Topology,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createPrometheusTelemetry } from './prometheus-telemetry.ts';
import type { MeasuredService, MeasuredWindow } from './telemetry.ts';

const T = 1_700_000_000;
const position = { x: 0, y: 0 };
const topology: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position },
    { kind: 'vm-basic', id: 'web', size: 'S', position },
    { kind: 'cache', id: 'cache', size: 'S', eviction: 'lru', position },
  ],
  links: [],
};
const service: MeasuredService = {
  topology,
  cores: { web: 0.25, cache: 0.25 },
  connections: { web: 128, cache: 128 },
  classes: { home: { operations: ['static'], revenue: 1, onTimeMs: 100, timeoutMs: 1_000 } },
};
const window = { wallStartMs: T * 1000, wallEndMs: (T + 1) * 1000, startMs: 5_000, endMs: 6_000 };

type Labels = Record<string, string>;
/** A counter that is 0 up to the window's beginning and `grown` from its end on; a gauge when `steady`. */
function series(name: string, labels: Labels, grown: number, steady = false) {
  const at = (second: number): [number, string] => [
    T + second,
    String(steady ? grown : second <= 0 ? 0 : grown),
  ];
  return { metric: { __name__: name, ...labels }, values: [-1, 0, 1, 2].map(at) };
}

const bound = (ms: number) => String(LATENCY_BOUNDS_SECONDS.find((le) => le >= ms / 1000));
const buckets = (name: string, labels: Labels, ms: number, count: number) =>
  [...LATENCY_BOUNDS_SECONDS.map(String), '+Inf'].map((le) =>
    series(
      `${name}_bucket`,
      { ...labels, le },
      Number(le.replace('+Inf', '1e9')) >= ms / 1000 ? count : 0,
    ),
  );

const CLIENT = [
  series('k6_http_reqs_total', { generation: '1' }, 10, true),
  series('k6_client_sent_total', { class: 'home', generation: '1' }, 30),
  series('k6_client_sent_total', { class: 'home', generation: '2' }, 14),
  series('k6_client_served_total', { class: 'home', generation: '1', le: bound(4) }, 38),
  series('k6_client_served_total', { class: 'home', generation: '1', le: '+Inf' }, 2),
  series('k6_client_latency_seconds_total', { class: 'home' }, 0.5),
  series('k6_client_good_total', { class: 'home' }, 38),
  series('k6_client_errors_total', { class: 'home', generation: '1', cause: 'queue-full' }, 3),
  series('k6_dropped_iterations_total', {}, 1),
];
const WEB = [
  series(REQUEST_METRICS.received, { node: 'web' }, 43),
  series(`${REQUEST_METRICS.duration}_sum`, { node: 'web' }, 0.2),
  ...buckets(REQUEST_METRICS.duration, { node: 'web' }, 3, 40),
  series(REQUEST_METRICS.good, { node: 'web' }, 39),
  series(REQUEST_METRICS.errors, { node: 'web', cause: 'queue-full' }, 3),
  series(REQUEST_METRICS.inFlight, { node: 'web' }, 2, true),
  series(REQUEST_METRICS.inFlightPeak, { node: 'web' }, 9, true),
  series(REQUEST_METRICS.waiting, { node: 'web' }, 0.7),
  series(CPU_METRIC, { node: 'web' }, 0.2),
];
const CACHE = [
  series(CALL_METRICS.sent, { node: 'web', target: 'cache' }, 20),
  series(`${CALL_METRICS.duration}_sum`, { node: 'web', target: 'cache' }, 0.01),
  ...buckets(CALL_METRICS.duration, { node: 'web', target: 'cache' }, 0.5, 20),
  series(STORE_METRICS.up, { node: 'cache' }, 1, true),
  series(STORE_METRICS.connections, { node: 'cache' }, 1, true),
  series(STORE_METRICS.hits, { node: 'cache' }, 15),
  series(STORE_METRICS.misses, { node: 'cache' }, 5),
  series(CPU_METRIC, { node: 'cache' }, 0.01),
];

/** k6 of a third generation; the first has ended. */
const RUNNING = [
  series('k6_http_reqs_total', { generation: '3' }, 5, true),
  series('k6_client_sent_total', { class: 'home', generation: '3' }, 9),
  series('k6_client_served_total', { class: 'home', generation: '3', le: '+Inf' }, 4),
  series('k6_client_errors_total', { class: 'home', generation: '3', cause: 'time-out' }, 1),
];
/** Of 20 calls 18 were answered. */
const COUNTS = [
  series(`${CALL_METRICS.duration}_count`, { node: 'web', target: 'cache' }, 17),
  series(CALL_METRICS.errors, { node: 'web', target: 'cache', cause: 'time-out' }, 1),
];

/** Without what was told after the window's beginning, and the other way round. */
const cutShort = (one: ReturnType<typeof series>) => ({ ...one, values: one.values.slice(0, 2) });
const begunLate = (one: ReturnType<typeof series>) => ({
  ...one,
  values: one.values.map(([at, value]): [number, string] => [at + 2.6, value]),
});

const nodesOf = (measured: MeasuredWindow) =>
  measured.state === 'measured' ? measured.rows.map(({ node }) => node) : measured.state;

function telemetry(result: unknown[], nowSeconds = 2) {
  const asked: URL[] = [];
  const clock = createFakeClock((T + nowSeconds) * 1000);
  const fetching = (async (url: URL) => {
    asked.push(url);
    return new Response(JSON.stringify({ status: 'success', data: { result } }));
  }) as unknown as typeof fetch;
  const source = createPrometheusTelemetry({ baseUrl: () => 'http://x', fetch: fetching, clock });
  return { source, asked, clock };
}

describe('measured rows', () => {
  it('tell what k6, the nodes and their stores counted', async () => {
    const { source } = telemetry([...CLIENT, ...WEB, ...CACHE]);
    const measured = await source.measure(window, service);
    if (measured.state !== 'measured') throw new Error(measured.state);
    const [all, web, cache] = measured.rows;
    expect(all).toMatchObject({ node: '*', source: 'measured', startMs: 5_000, endMs: 6_000 });
    expect(all?.offered).toBeCloseTo(44);
    expect(all?.served).toBeCloseTo(40);
    expect(all?.latency.bucketCounts.at(-1)).toBeCloseTo(2);
    expect(all?.latency.sumMs).toBeCloseTo(500);
    expect(all?.goodByClass?.home).toBeCloseTo(38);
    expect(all?.errors['queue-full']).toBeCloseTo(3);
    expect(web?.offered).toBeCloseTo(43);
    expect(web?.utilisation).toBeCloseTo(0.8);
    expect(web?.queueDepth).toBeCloseTo(0.7);
    expect(web).toMatchObject({ node: 'web', inFlight: 2, connections: { used: 9, limit: 128 } });
    expect(web?.latency.p50Ms).toBeGreaterThan(2.7);
    expect(web?.latency.p50Ms).toBeLessThan(3.3);
    expect(cache?.offered).toBeCloseTo(20);
    expect(cache?.hitRatio).toBeCloseTo(0.75);
    expect(measured.droppedIterations).toBeCloseTo(1);
    expect(measured.coresUsed.web).toBeCloseTo(0.2);
    for (const row of measured.rows) {
      expect(parse(MeasurementSchema, row)).toMatchObject({ ok: true });
    }
  });

  it('ask with a long reach once, then for what is new', async () => {
    const { source, asked, clock } = telemetry([...CLIENT, ...WEB, ...CACHE]);
    await source.measure(window, service);
    await clock.run(500);
    await source.measure(window, service);
    expect(asked.map((url) => /\[(\d+)s\]/.exec(url.searchParams.get('query') ?? '')?.[1])).toEqual(
      ['600', '4'],
    );
  });

  it('wait for samples of a node that told something lately, but not for ever', async () => {
    const { source, clock } = telemetry([...CLIENT, ...CACHE, ...WEB.map(cutShort)]);
    expect(await source.measure(window, service)).toEqual({ state: 'pending' });
    await clock.run(3_000);
    expect(nodesOf(await source.measure(window, service))).toEqual(['*', 'cache']);
  });

  it('do not wait for a node that never told anything', async () => {
    const { source } = telemetry([...CLIENT, ...CACHE]);
    expect(nodesOf(await source.measure(window, service))).toEqual(['*', 'cache']);
  });

  it('leave out a node that was first heard of within the window: what it counted before is not known', async () => {
    const { source } = telemetry([...CLIENT, ...CACHE, ...WEB.map(begunLate)]);
    expect(nodesOf(await source.measure(window, service))).toEqual(['*', 'cache']);
  });

  it('count as under way what the k6 that runs has sent and not had back', async () => {
    const [alive, ...counts] = CLIENT;
    if (alive === undefined) throw new Error('k6 tells nothing');
    const { source } = telemetry([cutShort(alive), ...counts, ...WEB, ...CACHE, ...RUNNING]);
    const measured = await source.measure(window, service);
    expect(measured.state === 'measured' && measured.rows[0]?.inFlight).toBeCloseTo(4);
  });

  it('count calls under way at a store by what its services told last', async () => {
    const more = series(CALL_METRICS.sent, { node: 'other', target: 'cache' }, 3);
    const { source } = telemetry([...CLIENT, ...WEB, ...CACHE, ...COUNTS, more]);
    const measured = await source.measure(window, service);
    const cache = measured.state === 'measured' ? measured.rows[2] : undefined;
    expect(cache?.inFlight).toBeCloseTo(5);
  });

  it('are lost without samples of k6', async () => {
    const { source, clock } = telemetry([...WEB, ...CACHE]);
    expect(await source.measure(window, service)).toEqual({ state: 'pending' });
    await clock.run(11_000);
    expect(await source.measure(window, service)).toEqual({ state: 'lost' });
  });

  it('are asked of the Prometheus that is there now', async () => {
    const { asked, clock } = telemetry([...CLIENT]);
    let port = 1;
    const fetching = (async (url: URL) => {
      asked.push(url);
      return new Response(JSON.stringify({ status: 'success', data: { result: CLIENT } }));
    }) as unknown as typeof fetch;
    const baseUrl = () => `http://x:${port}`;
    const source = createPrometheusTelemetry({ baseUrl, fetch: fetching, clock });
    await source.measure(window, service);
    port = 2;
    await source.measure(window, service);
    expect(asked.map((url) => url.port)).toEqual(['1', '2']);
  });

  it.each([
    ['is away', async () => Promise.reject(new Error('connect ECONNREFUSED')), 'ECONNREFUSED'],
    ['answers no JSON', async () => new Response('<html>'), 'does not answer'],
    [
      'refuses',
      async () => new Response(JSON.stringify({ status: 'error', error: 'too many samples' })),
      'too many samples',
    ],
  ])('say so when Prometheus %s', async (_name, fetching, words) => {
    const clock = createFakeClock();
    const source = createPrometheusTelemetry({
      baseUrl: () => 'http://x',
      fetch: fetching as never,
      clock,
    });
    await expect(source.measure(window, service)).rejects.toThrow(words);
  });
});
