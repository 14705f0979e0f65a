import { EventQueue } from '../src/kernel/event-queue.ts';
import { createStream } from '../src/kernel/random.ts';
import { FifoStation } from '../src/primitives/fifo-station.ts';
import { Jobs } from '../src/primitives/jobs.ts';

const ARRIVAL = 0;
const SERVICE = 1;
const UNLIMITED = { parallel: 1, quotaMs: 1, periodMs: 1 };

/**
 * A single-server queue with exponential arrivals and service, made of the kernel and one station.
 *
 * @returns the mean time from arrival to departure
 */
function meanSojourn(customers: number, arrivalRate: number, serviceRate: number): number {
  const jobs = new Jobs(customers);
  const arrivedMs = new Float64Array(customers);
  const queue = new EventQueue();
  const arrivals = createStream(1, 'arrivals');
  const services = createStream(1, 'services');
  const sojournMs = new Float64Array(1);
  const done = (job: number) => {
    sojournMs[0] = (sojournMs[0] as number) + queue.timeMs - (arrivedMs[job] as number);
  };
  const station = new FifoStation({ queue, eventKind: SERVICE, index: 0, done }, jobs);
  station.configure(UNLIMITED, 0);
  queue.push(arrivals.exponential(1 / arrivalRate), ARRIVAL, 0, 0);
  while (queue.pop()) {
    const { timeMs, kind, a: job } = queue;
    if (kind === SERVICE) {
      station.onEvent(queue.b, timeMs);
      continue;
    }
    arrivedMs[job] = timeMs;
    jobs.demandMs[job] = services.exponential(1 / serviceRate);
    station.submit(job, timeMs);
    if (job + 1 === customers) continue;
    queue.push(timeMs + arrivals.exponential(1 / arrivalRate), ARRIVAL, job + 1, 0);
  }
  return (sojournMs[0] as number) / customers;
}

/** Arguments: customers, arrival rate, service rate. Prints JSON for the bench; `cpuMs` is this thread's. */
const [customers = 0, arrivalRate = 0, serviceRate = 0] = process.argv.slice(2).map(Number);
const before = process.threadCpuUsage();
const mean = meanSojourn(customers, arrivalRate, serviceRate);
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ customers, cpuMs, meanSojourn: mean }));
