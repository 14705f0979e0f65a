import { readFileSync } from 'node:fs';
import { DEFAULT_PROFILE } from '../src/components/default-profile.ts';
import type { Simulator } from '../src/execution/simulator.ts';
import { gameSimulator } from '../src/game-simulator.ts';
import type { Scenario, Topology } from '../src/protocol/index.ts';
import { sharesAt } from '../src/rules/traffic.ts';
import { single } from './labs.ts';

const WINDOW_MS = 1_000;
/** What the last stage's topologies are made for. */
const PER_SECOND = 600;
const SEED = 1;

interface Run {
  readonly simulator: Simulator;
  readonly topology: Topology;
}

/** A scenario's topology under its first mix of requests. */
function steady(file: string): Run {
  const scenario = JSON.parse(readFileSync(file, 'utf8')) as Scenario;
  const simulator = gameSimulator(scenario, SEED, DEFAULT_PROFILE);
  simulator.setLoad(PER_SECOND, sharesAt(scenario, 0));
  return { simulator, topology: scenario.topology };
}

function queue(): Run {
  const lab = single(1);
  lab.offer(0.8);
  return lab;
}

/** Arguments: a scenario's JSON file or `mm1`, and events. Prints JSON for the bench: processor time an event, measurements included. */
const [what = 'mm1', wanted = '0'] = process.argv.slice(2);
const { simulator, topology } = what === 'mm1' ? queue() : steady(what);
const before = process.threadCpuUsage();
while (simulator.events < Number(wanted)) {
  simulator.runUntil(simulator.nowMs + WINDOW_MS);
  simulator.closeWindow(topology, () => 0);
}
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
const { nowMs, inFlight } = simulator;
console.log(JSON.stringify({ events: simulator.events, cpuMs, nowMs, inFlight }));
