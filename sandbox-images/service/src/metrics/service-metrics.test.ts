import {
  CALL_METRICS,
  CPU_METRIC,
  LATENCY_BOUNDS_SECONDS,
  REQUEST_METRICS,
} from '@project-devops/simulation/protocol';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { ServiceMetrics } from './service-metrics.ts';

const registry = new Registry();
let peak = 3;
const metrics = new ServiceMetrics(registry, {
  cpuSeconds: () => 1.25,
  waitedSeconds: () => 0.5,
  inFlight: () => 2,
  takePeak: () => peak--,
});

it('tells every metric of the protocol, the histograms in the shared buckets', async () => {
  metrics.received();
  metrics.served(12, true);
  metrics.failed('queue-full');
  const calls = metrics.callsTo('sql');
  calls.sent();
  calls.answered(3);
  calls.failed('lock-time-out');
  const text = await registry.metrics();
  for (const name of [...Object.values(REQUEST_METRICS), ...Object.values(CALL_METRICS)]) {
    expect(text).toContain(`# TYPE ${name} `);
  }
  expect(text).toContain(`${CPU_METRIC} 1.25`);
  for (const bound of LATENCY_BOUNDS_SECONDS) {
    expect(text).toContain(`${REQUEST_METRICS.duration}_bucket{le="${bound}"} `);
  }
  expect(text).toContain(`${CALL_METRICS.errors}{target="sql",cause="lock-time-out"} 1`);
});

it('reads gauges and integrals anew each time', async () => {
  const peakLine = async () => /in_flight_peak (\d+)/.exec(await registry.metrics())?.[1];
  const before = Number(await peakLine());
  expect(Number(await peakLine())).toBe(before - 1);
  expect(await registry.metrics()).toContain(`${REQUEST_METRICS.waiting} 0.5`);
});
