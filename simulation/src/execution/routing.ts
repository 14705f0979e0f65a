import { BALANCING } from '../policies/balancing.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

/** Chooses where calls go. */
export class Routing {
  readonly #topology: RunningTopology;
  /** Kept from call to call, so that choosing allocates nothing. */
  readonly #choice = { inFlight: [] as number[], turn: 0 };

  constructor(topology: RunningTopology) {
    this.#topology = topology;
  }

  /**
   * The node a call goes to: by the route's policy among the ready ones of the first group that has any;
   * when none is ready, the first node at all; null when the route leads nowhere.
   */
  choose(caller: RunningNode, route: RunningRoute): RunningNode | null {
    const topology = this.#topology;
    if (route.readiness !== topology.readiness) topology.refresh(caller, route);
    const { ready, links } = route;
    if (ready.length === 0) {
      const first = route.groups.find((group) => group.length > 0)?.[0];
      return first === undefined ? null : (topology.nodes[first] as RunningNode);
    }
    if (ready.length === 1) return ready[0] as RunningNode;
    const choice = this.#choice;
    choice.inFlight.length = links.length;
    for (let i = 0; i < links.length; i++) {
      choice.inFlight[i] = (links[i] as RunningLink).inFlight;
    }
    choice.turn = route.turn++;
    return ready[BALANCING[route.policy](choice)] as RunningNode;
  }
}
