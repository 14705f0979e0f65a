import {
  CAUSE_HEADER,
  CAUSES,
  type Cause,
  LATENCY_BOUNDS_SECONDS,
} from '@project-devops/simulation/protocol';

/** What of k6's response tells how a request ended. */
export interface Answer {
  readonly status: number;
  readonly error_code: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** k6's error codes: https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
const REQUEST_TIMED_OUT = 1050;
const DIAL_TIMED_OUT = 1211;
const DIAL_REFUSED = 1212;

/** k6 writes header names as HTTP/1.1 does: X-Failure-Cause. */
const causeHeader = CAUSE_HEADER.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Why a request was not served; null when it was. */
export function causeOf({ status, error_code, headers }: Answer): Cause | null {
  if (status >= 200 && status < 300) return null;
  if (status !== 0) {
    const told = headers[causeHeader];
    return CAUSES.find((cause) => cause === told) ?? 'dependency-failed';
  }
  switch (error_code) {
    case REQUEST_TIMED_OUT:
    case DIAL_TIMED_OUT:
      return 'time-out';
    case DIAL_REFUSED:
      return 'connection-refused';
    default:
      return 'node-down';
  }
}

/** The bucket of a latency as the label `le`: the least shared bound, in seconds, that is not below it. */
export function boundOf(latencyMs: number): string {
  const seconds = latencyMs / 1000;
  let low = 0;
  let high = LATENCY_BOUNDS_SECONDS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((LATENCY_BOUNDS_SECONDS[middle] ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  const bound = LATENCY_BOUNDS_SECONDS[low];
  return bound === undefined ? '+Inf' : String(bound);
}
