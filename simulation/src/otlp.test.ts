import { expect, it } from 'vitest';
import { type OtlpSpan, otlpOf } from './otlp.ts';
import { gameSimulator, SHARES, SMALL_TOWN } from './testing/small-town.ts';

const simulator = gameSimulator(3);
simulator.setTopology(SMALL_TOWN, false);
simulator.tracing.sample(1);
simulator.setLoad(150, SHARES);
simulator.runUntil(500);
simulator.restart('web-1');
simulator.runUntil(1_000);
const traces = simulator.tracing.take();
const { resourceSpans } = otlpOf(traces, 3);
const spans = resourceSpans.flatMap(({ scopeSpans: [{ spans: some }] }) => some);

it('has a resource for each node, named as a service', () => {
  const names = resourceSpans.map(({ resource }) => resource.attributes);
  const nodes = SMALL_TOWN.nodes.map(({ id }) => id);
  expect(names.map(([name]) => name?.key)).toEqual(names.map(() => 'service.name'));
  const told = names.map(([name]) => Object.values(name?.value ?? {})[0]);
  expect(told.sort()).toEqual(nodes.sort());
});

it('keeps to the JSON encoding: hex ids, integers as strings, enumerations as numbers', () => {
  const kept = ({ parentSpanId, kind, status, attributes, ...span }: OtlpSpan) =>
    /^[0-9a-f]{32}$/.test(span.traceId) &&
    [span.spanId, parentSpanId ?? span.spanId].every((id) => /^[0-9a-f]{16}$/.test(id)) &&
    [1, 2, 3].includes(kind) &&
    [undefined, 2].includes(status.code) &&
    [span.startTimeUnixNano, span.endTimeUnixNano].every((at) => /^1767225\d{12}$/.test(at)) &&
    attributes.every(({ value }) => !('intValue' in value) || /^\d+$/.test(value.intValue));
  expect(spans.filter((span) => !kept(span))).toEqual([]);
});

it('joins the spans of a request into one tree, and no two spans have one id', () => {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(ids.size).toBe(spans.length);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(traces.length);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  for (const { traceId, parentSpanId } of spans) {
    if (parentSpanId !== undefined) expect(byId.get(parentSpanId)?.traceId).toBe(traceId);
  }
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  expect(roots).toHaveLength(traces.length);
});

it('tells what failed and why, and own times that add up to the latency', () => {
  const failed = spans.filter(({ status }) => status.code === 2);
  expect(failed.length).toBeGreaterThan(0);
  expect(new Set(failed.map(({ status }) => status.message)).has('node-down')).toBe(true);
  const own = ({ attributes }: OtlpSpan) =>
    attributes.reduce(
      (sum, { value }) => sum + ('intValue' in value ? BigInt(value.intValue) : 0n),
      0n,
    );
  const latency = new Map<string, bigint>();
  for (const span of spans) {
    latency.set(span.traceId, (latency.get(span.traceId) ?? 0n) + own(span));
  }
  for (const { traceId, parentSpanId, startTimeUnixNano, endTimeUnixNano } of spans) {
    if (parentSpanId !== undefined) continue;
    expect(latency.get(traceId)).toBe(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));
  }
});

it('gives the same ids for the same seed, and others for another', () => {
  expect(otlpOf(traces, 3).resourceSpans).toEqual(resourceSpans);
  const [other] = otlpOf(traces, 4).resourceSpans;
  const traceId = other?.scopeSpans[0].spans[0]?.traceId ?? '';
  expect(spans.some((span) => span.traceId === traceId)).toBe(false);
});
