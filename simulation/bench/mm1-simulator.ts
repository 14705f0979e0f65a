import { burst } from '../src/execution/step.ts';
import { QueueLab } from '../src/testing/queue-lab.ts';

const WINDOW_MS = 10_000;

/** A single-server queue through the whole simulator: arrivals, routing, steps, time-outs, measurements. */
const [customers = 0, arrivalRate = 0] = process.argv.slice(2).map(Number);
const lab = new QueueLab(
  {
    components: {
      'vm-basic': {
        kind: 'vm-basic',
        routes: {},
        resources: () => ({
          cpu: { type: 'station', discipline: 'fifo', parallel: 1, cores: 1 },
        }),
        request: () => [burst('cpu', 'app-static')],
      },
    },
    links: [{ from: 'clients', to: 'vm-basic' }],
    classes: {
      any: { operations: ['static'], revenue: 0, onTimeMs: 60_000, timeoutMs: 60_000 },
    },
  },
  1,
);
const { simulator, topology } = lab;
simulator.setLoad(arrivalRate * 1000, { any: 1 });
const before = process.threadCpuUsage();
let served = 0;
let latencyMs = 0;
for (let second = 1; served < customers; second += 1) {
  simulator.runUntil(second * WINDOW_MS);
  for (const row of simulator.closeWindow(topology, () => 0)) {
    if (row.node !== 'vm-basic') continue;
    served += row.served;
    latencyMs += row.latency.sumMs;
  }
}
const used = process.threadCpuUsage(before);
const cpuMs = ((used.user + used.system) / 1000) * (customers / served);
console.log(JSON.stringify({ customers, cpuMs, meanSojourn: latencyMs / served }));
