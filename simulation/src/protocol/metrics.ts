import { LATENCY_BOUNDS_MS } from './figures.ts';

/**
 * The metrics through which containers tell what the engine's `Measurement` rows hold. Times are seconds,
 * as Prometheus has them. Every target's samples carry the label `node` (put on by the scrape
 * configuration, or by the exporter for the stores it watches).
 */

/** `le` of every latency histogram, in seconds. */
export const LATENCY_BOUNDS_SECONDS: readonly number[] = LATENCY_BOUNDS_MS.map((ms) => ms / 1000);

/** Told by every node that takes requests (the sandbox service, nginx) about itself. */
export const REQUEST_METRICS = {
  /** Counter: requests that arrived, dropped ones included. */
  received: 'devops_requests_received_total',
  /** Histogram of served requests, from arrival to answer. */
  duration: 'devops_request_duration_seconds',
  /** Counter: served within the class's `onTimeMs`; only nodes that know classes tell it. */
  good: 'devops_requests_good_total',
  /** Counter by label `cause` (see CAUSES). */
  errors: 'devops_request_errors_total',
  /** Gauge. */
  inFlight: 'devops_requests_in_flight',
  /** Gauge: most requests held at once since the last scrape. */
  inFlightPeak: 'devops_requests_in_flight_peak',
  /** Counter: integral over time of the number of requests that wait for the CPU, in request-seconds. */
  waiting: 'devops_requests_waiting_seconds_total',
} as const;

/** Told by the sandbox service about its calls to stores, by label `target` (the store's node id). */
export const CALL_METRICS = {
  /** Counter: calls sent. */
  sent: 'devops_calls_sent_total',
  /** Histogram of answered calls, from sending to answer, without the wait for a pooled connection. */
  duration: 'devops_call_duration_seconds',
  /** Counter by label `cause`. */
  errors: 'devops_call_errors_total',
} as const;

/** CPU time of a container's whole cgroup; every image tells it, the exporter tells it for stores. */
export const CPU_METRIC = 'devops_cpu_seconds_total';

/** Told by the exporter about Postgres and Redis. */
export const STORE_METRICS = {
  /** Gauge: connections that are working at the instant of the scrape. */
  connections: 'devops_store_connections',
  /** Gauge: backends that wait for a row lock at the instant of the scrape. */
  lockWaits: 'devops_store_lock_waits',
  hits: 'devops_store_hits_total',
  misses: 'devops_store_misses_total',
  /** Gauge: how far a replica is behind its primary. */
  lag: 'devops_store_lag_seconds',
  /** Gauge: 1 when the store answered the exporter, else 0. */
  up: 'devops_store_up',
} as const;

/** k6's own counters, by label `class` and `generation`; remote write puts `k6_` before and `_total` behind each name. */
export const CLIENT_METRICS = {
  sent: 'client_sent',
  /** Also by label `le` (upper bound in seconds, `+Inf` for the overflow): served requests, not cumulative over the bounds. */
  served: 'client_served',
  /** Sum of the served requests' latency in seconds. */
  latencySum: 'client_latency_seconds',
  /** Served within `onTimeMs`. */
  good: 'client_good',
  /** Also by label `cause`. */
  errors: 'client_errors',
} as const;
export const clientSeries = (name: string): string => `k6_${name}_total`;
/** Iterations that k6 could not start in time: offered load that was lost, k6 being the limit. */
export const DROPPED_ITERATIONS = 'k6_dropped_iterations_total';

/** Carries the cause of a failure in the answer's head; `x-failed-node` carries the node that dropped the request. */
export const CAUSE_HEADER = 'x-failure-cause';
export const FAILED_NODE_HEADER = 'x-failed-node';
