import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { Simulator, type SimulatorOptions } from '../execution/simulator.ts';
import { KINDS } from '../game-kinds.ts';
import type { Measurement, Topology } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';

/** The game's simulator over a topology whose nodes are ready, with the classes and data of Stage 1 unless told otherwise. */
export function runningGame(
  topology: Topology,
  options: Partial<Omit<SimulatorOptions, 'kinds'>> = {},
): Simulator {
  const { classes, data, arrivals } = helloWorld;
  const usual = { profile: DEFAULT_PROFILE, seed: 1, classes, data, arrivals };
  const simulator = new Simulator({ ...usual, ...options, kinds: KINDS });
  simulator.setTopology(topology, false);
  return simulator;
}

/** Ends a simulator's present window; its rows by node, `*` for the whole service. */
export function windowOf(simulator: Simulator, topology: Topology): (id: string) => Measurement {
  const rows = simulator.closeWindow(topology, () => 0);
  return (id) => rows.find(({ node }) => node === id) as Measurement;
}
