import {
  CALL_METRICS,
  CLIENT_METRICS,
  CPU_METRIC,
  clientSeries,
  DROPPED_ITERATIONS,
  REQUEST_METRICS,
  STORE_METRICS,
} from '@project-devops/simulation/protocol';
import type { Series } from './series-store.ts';

/** k6's count of its own requests: it grows five times a second, whatever happens, because k6 looks for orders. */
export const CLIENT_ALIVE = 'k6_http_reqs_total';

const histogram = (name: string) => [`${name}_bucket`, `${name}_sum`, `${name}_count`];
const NAMES: readonly string[] = [
  ...Object.values(REQUEST_METRICS).flatMap((name) =>
    name === REQUEST_METRICS.duration ? histogram(name) : [name],
  ),
  ...Object.values(CALL_METRICS).flatMap((name) =>
    name === CALL_METRICS.duration ? histogram(name) : [name],
  ),
  ...Object.values(STORE_METRICS),
  CPU_METRIC,
  ...Object.values(CLIENT_METRICS).map(clientSeries),
  DROPPED_ITERATIONS,
  CLIENT_ALIVE,
];

const DEADLINE_MS = 3_000;

export interface PrometheusOptions {
  /** Such as http://127.0.0.1:9090; asked for each time, as a Prometheus that was made again has another port. */
  baseUrl(): string;
  readonly fetch: typeof fetch;
}

interface Answer {
  readonly status: string;
  readonly data?: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[];
  };
  readonly error?: string;
}

/** The raw samples of everything we read, between two instants (Unix ms). Rejects when Prometheus does not answer. */
export async function readSamples(
  { baseUrl, fetch }: PrometheusOptions,
  fromMs: number,
  toMs: number,
): Promise<Series[]> {
  const url = new URL('/api/v1/query', baseUrl());
  const seconds = Math.max(1, Math.ceil((toMs - fromMs) / 1000));
  url.searchParams.set('query', `{__name__=~"${NAMES.join('|')}"}[${seconds}s]`);
  url.searchParams.set('time', (toMs / 1000).toFixed(3));
  const answer = await ask(fetch, url);
  return (answer.data?.result ?? []).map(
    ({ metric: { __name__: name = '', ...labels }, values }) => ({
      name,
      labels,
      samples: values.map(([at, value]) => ({ atMs: at * 1000, value: Number(value) })),
    }),
  );
}

async function ask(fetching: typeof fetch, url: URL): Promise<Answer> {
  let answer: Answer;
  try {
    const response = await fetching(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
    answer = (await response.json()) as Answer;
  } catch (error) {
    throw new Error(`Prometheus does not answer: ${(error as Error).message}.`);
  }
  if (answer.status === 'success') return answer;
  throw new Error(`Prometheus refused the question: ${answer.error ?? 'no reason given'}.`);
}
