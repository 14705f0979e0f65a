import type { NodeId } from './ids.ts';
import type { Cause } from './vocabulary.ts';

/**
 * `request`: the whole of it, at the clients. `call`: from one node to another and back. `visit`: a node's
 * part. `step`: one step of that part, or the pause between two attempts.
 */
export type SpanKind = 'request' | 'call' | 'visit' | 'step';

/**
 * A stretch of one request. Times are whole nanoseconds since the run's beginning. What no child covers
 * is the span's own time: `waitNs + serviceNs`, and all own times add up to the request's latency.
 */
export interface Span {
  /** Place of the parent among the trace's spans, where it comes first; null for the request. */
  readonly parent: number | null;
  readonly kind: SpanKind;
  readonly node: NodeId;
  /** The request's class, the step's words, or what was called. */
  readonly name: string;
  readonly startNs: number;
  readonly endNs: number;
  /** Own time in lines, for connections and locks, under the CPU quota, or on the way. */
  readonly waitNs: number;
  /** CPU time. */
  readonly serviceNs: number;
  /** Why it failed; null when it did not. */
  readonly cause: Cause | null;
}

/** One sampled request that has ended; a failed attempt's spans end when its caller gives it up. */
export interface Trace {
  /** Counts the sampled requests of a run in the order of their arrival. */
  readonly number: number;
  readonly requestClass: string;
  /** The request first, every parent before its children, siblings in order of time. */
  readonly spans: readonly Span[];
}
