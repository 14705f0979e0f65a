import type { Simulator } from '../src/execution/simulator.ts';
import type { Topology } from '../src/protocol/index.ts';
import { gameSimulator, SHARES, SMALL_TOWN } from '../src/testing/small-town.ts';
import { single } from './labs.ts';

const WINDOW_MS = 1_000;
const TOWN_PER_SECOND = 500;

/** The game's kinds in their largest size: balancer, two servers, cache, primary and replica. */
function town(): { simulator: Simulator; topology: Topology } {
  const nodes = SMALL_TOWN.nodes.map((node) =>
    'size' in node ? { ...node, size: 'XL' as const } : node,
  );
  const topology: Topology = { ...SMALL_TOWN, nodes };
  const simulator = gameSimulator(1);
  simulator.setTopology(topology, false);
  simulator.setLoad(TOWN_PER_SECOND, SHARES);
  return { simulator, topology };
}

function queue(): { simulator: Simulator; topology: Topology } {
  const lab = single(1);
  lab.offer(0.8);
  return lab;
}

/** Arguments: `town` or `mm1`, and events. Prints JSON for the bench: processor time an event, measurements included. */
const [what = 'mm1', wanted = '0'] = process.argv.slice(2);
const { simulator, topology } = what === 'town' ? town() : queue();
const before = process.threadCpuUsage();
while (simulator.events < Number(wanted)) {
  simulator.runUntil(simulator.nowMs + WINDOW_MS);
  simulator.closeWindow(topology, () => 0);
}
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ events: simulator.events, cpuMs }));
