import {
  CAUSE_HEADER,
  CAUSES,
  type Cause,
  LATENCY_BOUNDS_SECONDS,
} from '@project-devops/simulation/protocol';

/** What of k6's response tells how a request ended. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** k6 writes header names as HTTP/1.1 does: X-Failure-Cause. */
const causeHeader = CAUSE_HEADER.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Why an answered request was not served; null when it was. */
export function causeOf({ status, headers }: Answer): Cause | null {
  if (status >= 200 && status < 300) return null;
  const told = headers[causeHeader];
  return CAUSES.find((cause) => cause === told) ?? 'dependency-failed';
}

/** Why a request got no answer, by the text of k6's error, which is all it tells when it does not log each one. */
export function causeOfError(text: string): Cause {
  if (text.includes('timeout')) return 'time-out';
  return text.includes('connection refused') ? 'connection-refused' : 'node-down';
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
