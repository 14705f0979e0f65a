import { StateHash } from '../src/kernel/state-hash.ts';
import type { Measurement } from '../src/protocol/index.ts';
import type { QueueLab } from '../src/testing/queue-lab.ts';
import { closed, network, single } from './labs.ts';

/** Measurements are taken and the state is hashed each simulated second, as the game does. */
const WINDOW_MS = 1_000;
/** A closed network's unit of time in milliseconds. */
const UNIT_MS = 10;

interface Queue {
  readonly lab: QueueLab;
  /** Customers that were served in a window, and the sum of their times. */
  count(row: (node: string) => Measurement): { readonly served: number; readonly sum: number };
}

const endToEnd: Queue['count'] = (row) => ({
  served: row('*').served,
  sum: row('*').latency.sumMs,
});

function open(lab: QueueLab, perMs: number): Queue {
  lab.offer(perMs);
  return { lab, count: endToEnd };
}

function queueOf(name: string, customers: number): Queue {
  switch (name) {
    case 'mm1':
      return open(single(1), 0.8);
    case 'mm64':
      return open(single(64), 51.2);
    case 'network':
      return open(network(), 0.8);
    default:
      return {
        lab: closed(Math.ceil(customers / 25) + 100),
        count: (row) => ({
          served: row('sql-primary').served,
          sum: (row('cache').latency.sumMs + row('sql-primary').latency.sumMs) / UNIT_MS,
        }),
      };
  }
}

/** Arguments: the queue and the number of customers. Prints JSON for the bench; `cpuMs` is this thread's, `mean` a customer's time. */
const [name = 'mm1', wanted = '0'] = process.argv.slice(2);
const customers = Number(wanted);
const { lab, count } = queueOf(name, customers);
const hash = new StateHash();
const before = process.threadCpuUsage();
let served = 0;
let sum = 0;
while (served < customers) {
  const window = count(lab.run(WINDOW_MS));
  lab.simulator.mixInto(hash);
  served += window.served;
  sum += window.sum;
}
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ customers: served, cpuMs, mean: sum / served, hash: hash.digest() }));
