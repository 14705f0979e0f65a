import { StateHash } from './kernel/state-hash.ts';
import type { NodeId, Span, SpanKind, Trace } from './protocol/index.ts';

/**
 * Traces as an OTLP request in its JSON encoding, which a collector takes at `/v1/traces`: ids in hex, 64-bit
 * integers as decimal strings, enumerations as numbers.
 * Source: OpenTelemetry Protocol specification 1.x, opentelemetry/proto/trace/v1/trace.proto.
 */
export interface OtlpTraces {
  readonly resourceSpans: readonly OtlpResourceSpans[];
}

export interface OtlpResourceSpans {
  readonly resource: { readonly attributes: readonly OtlpAttribute[] };
  readonly scopeSpans: readonly [
    { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] },
  ];
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for the request itself. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code?: number; readonly message?: string };
}

/** SPAN_KIND_INTERNAL, SPAN_KIND_SERVER and SPAN_KIND_CLIENT. */
const KINDS = { request: 1, call: 3, visit: 2, step: 1 } satisfies Record<SpanKind, number>;
const STATUS_CODE_ERROR = 2;
const SCOPE = { name: 'project-devops' };
/** Simulated time begins at 2026-01-01T00:00:00Z, since a collector may take times near 1970 for missing ones. */
const BEGINNING_UNIX_NANO = 1_767_225_600_000_000_000n;

/** Traces of a run, each node as a service of its own. Ids follow from the run's seed. */
export function otlpOf(traces: readonly Trace[], seed: number): OtlpTraces {
  const byNode = new Map<NodeId, OtlpSpan[]>();
  for (const trace of traces) {
    const ids = trace.spans.map((_, i) => idOf(seed, trace.number, i));
    const traceId = idOf(seed, trace.number, -1) + idOf(seed, trace.number, -2);
    trace.spans.forEach((span, i) => {
      const spans = byNode.get(span.node) ?? [];
      byNode.set(span.node, spans);
      spans.push(spanOf(span, traceId, ids, i));
    });
  }
  return {
    resourceSpans: [...byNode].map(([node, spans]) => ({
      resource: { attributes: [text('service.name', node)] },
      scopeSpans: [{ scope: SCOPE, spans }],
    })),
  };
}

function spanOf(span: Span, traceId: string, ids: readonly string[], place: number): OtlpSpan {
  const { parent, cause } = span;
  return {
    traceId,
    spanId: ids[place] as string,
    ...(parent === null ? {} : { parentSpanId: ids[parent] as string }),
    name: span.kind === 'call' ? `call ${span.name}` : span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: instant(span.startNs),
    endTimeUnixNano: instant(span.endNs),
    attributes: [
      integer('project_devops.wait_ns', span.waitNs),
      integer('project_devops.service_ns', span.serviceNs),
      ...(cause === null ? [] : [text('project_devops.cause', cause)]),
    ],
    status: cause === null ? {} : { code: STATUS_CODE_ERROR, message: cause },
  };
}

/** Sixteen hex digits, not all zero. */
function idOf(seed: number, trace: number, part: number): string {
  const hash = new StateHash();
  hash.mixText('trace');
  hash.mixInt(seed | 0);
  hash.mixFloat(trace);
  hash.mixInt(part);
  return hash.digest();
}

function instant(ns: number): string {
  return String(BEGINNING_UNIX_NANO + BigInt(ns));
}

function text(key: string, stringValue: string): OtlpAttribute {
  return { key, value: { stringValue } };
}

function integer(key: string, value: number): OtlpAttribute {
  return { key, value: { intValue: String(value) } };
}
