import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { Simulator } from '../execution/simulator.ts';
import type { Fault, FaultKind, Measurement, NodeId, Topology } from '../protocol/index.ts';
import { runningGame, windowOf } from './game.ts';
import { SHARES } from './small-town.ts';

/** The game's simulator with the classes and data of Stage 1, in which things break. */
export class FaultLab {
  readonly simulator: Simulator;
  #topology: Topology;

  constructor(topology: Topology, faults: readonly Fault[], seed = 1, zoneLatencyMs = 0) {
    const profile = { ...DEFAULT_PROFILE, zoneLatencyMs };
    this.simulator = runningGame(topology, { profile, seed, faults });
    this.#topology = topology;
  }

  offer(perSecond: number, shares: Readonly<Record<string, number>> = SHARES): void {
    this.simulator.setLoad(perSecond, shares);
  }

  /** Makes another topology the running one, whose new nodes start up. */
  change(topology: Topology): void {
    this.#topology = topology;
    this.simulator.setTopology(topology, true);
  }

  /** Runs for a while; the rows of that while by node. */
  run(seconds: number): (id: string) => Measurement {
    // The sum of many tenths is kept from drifting off the full seconds.
    const untilMs = Math.round(this.simulator.nowMs + seconds * 1000);
    this.simulator.runUntil(untilMs);
    return windowOf(this.simulator, this.#topology);
  }

  /** Nodes whose start-up has ended since the last call. */
  started(): NodeId[] {
    return this.simulator.takeStarted();
  }

  /** Kinds of the faults at a node. */
  at(id: NodeId): FaultKind[] {
    return this.#topology.nodes
      .filter((node) => node.id === id)
      .flatMap((node) => this.simulator.faultsAt(node));
  }
}
