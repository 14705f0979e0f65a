import { Simulator } from './execution/simulator.ts';
import { KINDS } from './game-kinds.ts';
import type { Profile, Scenario, Topology } from './protocol/index.ts';
import type { RealCourse } from './reality.ts';

/** The simulator of a run from its beginning. */
export function gameSimulator(scenario: Scenario, seed: number, profile: Profile): Simulator {
  const { classes, data, arrivals, topology, faults = [], releases = [] } = scenario;
  const run = { kinds: KINDS, profile, seed, classes, data, arrivals, faults, releases };
  const simulator = new Simulator(run);
  simulator.setTopology(topology, false);
  return simulator;
}

/** The simulator of a run beside real containers from `nowMs` on: nothing in flight, as the containers begin. */
export function realSimulator(
  { profile, scale }: Pick<RealCourse, 'profile' | 'scale'>,
  { classes, data }: Pick<Scenario, 'classes' | 'data'>,
  seed: number,
  topology: Topology,
  nowMs: number,
): Simulator {
  const sizeEntry: typeof KINDS.sizeEntry = (node) => {
    const entry = KINDS.sizeEntry(node);
    return entry === null ? null : { ...entry, cpuMillicores: entry.cpuMillicores / scale };
  };
  const kinds = { ...KINDS, sizeEntry };
  const simulator = new Simulator({ kinds, profile, seed, classes, data, arrivals: 'uniform' });
  simulator.setTopology(topology, false);
  simulator.runUntil(nowMs);
  simulator.closeWindow(topology, () => 0);
  return simulator;
}
