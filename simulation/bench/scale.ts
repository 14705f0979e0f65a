import { inFlight, spread } from './labs.ts';

const PER_MS = 0.5;
const WINDOW_MS = 1_000;

/** Arguments: `nodes` or `in-flight`, how many, and customers. Prints JSON for the bench: processor time once the run is warm. */
const [what = 'nodes', count = 1, wanted = 1] = process.argv
  .slice(2)
  .map((word, i) => (i === 0 ? word : Number(word))) as [string, number, number];
const { lab, perMs } =
  what === 'nodes' ? spread(count) : { lab: inFlight(count, PER_MS), perMs: PER_MS };
lab.offer(perMs);
lab.run(what === 'nodes' ? WINDOW_MS : (2 * count) / PER_MS);
const before = process.threadCpuUsage();
let customers = 0;
while (customers < wanted) customers += lab.run(WINDOW_MS)('*').served;
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ customers, cpuMs, inFlight: lab.simulator.inFlight }));
