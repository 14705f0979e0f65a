import {
  END_TO_END,
  LATENCY_BOUNDS_MS,
  type Latency,
  type Measurement,
  type Provenance,
  percentileFromBuckets,
  UNMEASURED,
} from '@project-devops/simulation/protocol';

/** Rows for tests: one second of a service that serves 50 requests in 10 ms each, with changes. */
export function sampleRow(changes: Partial<Measurement> = {}): Measurement {
  const startMs = changes.startMs ?? 0;
  const latency = sampleLatency(Array.from({ length: 50 }, () => 10));
  return {
    node: END_TO_END,
    source: 'predicted',
    startMs,
    endMs: startMs + 1_000,
    offered: 50,
    served: 50,
    good: 50,
    errors: {},
    inFlight: 0,
    latency,
    ...UNMEASURED,
    ...changes,
  };
}

/** Counted latencies as every source tells them. */
export function sampleLatency(valuesMs: readonly number[]): Latency {
  const bucketCounts = [...LATENCY_BOUNDS_MS, Number.POSITIVE_INFINITY].map((bound, i) => {
    const lower = i === 0 ? Number.NEGATIVE_INFINITY : (LATENCY_BOUNDS_MS[i - 1] ?? 0);
    return valuesMs.filter((value) => value > lower && value <= bound).length;
  });
  return {
    count: valuesMs.length,
    sumMs: valuesMs.reduce((sum, value) => sum + value, 0),
    bucketCounts,
    p50Ms: percentileFromBuckets(bucketCounts, 0.5),
    p95Ms: percentileFromBuckets(bucketCounts, 0.95),
    p99Ms: percentileFromBuckets(bucketCounts, 0.99),
  };
}

/** A row for each second of a minute, changed by its second. */
export function sampleMinute(
  changes: (second: number) => Partial<Measurement>,
  seconds = 60,
): Measurement[] {
  return Array.from({ length: seconds }, (_, second) =>
    sampleRow({ startMs: second * 1_000, ...changes(second) }),
  );
}

export const SAMPLE_PROVENANCE: Provenance = {
  scenario: 'hello-world',
  seed: 1,
  ruleset: '1-00000000000000aa',
  profile: { name: 'workbench', measuredOn: '2026-11-21T05:00:00Z' },
  scale: 1,
  versions: { node: '24.21.0' },
  hardware: { cpu: 'A processor', cores: 2, memoryMiB: 4_096 },
};
