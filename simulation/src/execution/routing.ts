import { BALANCING, turnsOf } from '../policies/balancing.ts';
import type { ClientKeys } from './client-keys.ts';
import type { Request } from './request.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

/** Chooses where calls go. */
export class Routing {
  readonly #topology: RunningTopology;
  readonly #keys: ClientKeys;
  /** Kept from call to call, so that choosing allocates nothing. */
  readonly #choice = {
    servers: [] as readonly RunningLink[],
    turns: [] as readonly number[],
    turn: 0,
    key: 0,
  };

  constructor(topology: RunningTopology, keys: ClientKeys) {
    this.#topology = topology;
    this.#keys = keys;
  }

  /**
   * The link a request's call goes over: by the route's policy among those to nodes of the first group that
   * has any which the caller may call. When it may call none, null if it checks their health, else the link to
   * the first node at all; null as well when the route leads nowhere.
   */
  choose(caller: RunningNode, route: RunningRoute, request: Request): RunningLink | null {
    if (route.readiness !== this.#topology.readiness) this.#refresh(caller, route);
    const { ready } = route;
    if (ready.length === 1) return ready[0] as RunningLink;
    if (ready.length === 0) return this.#lastResort(caller, route);
    if (route.isByItem) return ready[request.item % ready.length] as RunningLink;
    const choice = this.#choice;
    choice.servers = ready;
    choice.turns = route.turns;
    choice.turn = route.turn++;
    if (route.policy === 'consistent-hash') choice.key = this.#keys.of(request);
    return ready[BALANCING[route.policy](choice)] as RunningLink;
  }

  #lastResort(caller: RunningNode, { groups }: RunningRoute): RunningLink | null {
    if (this.#topology.health.checks(caller)) return null;
    const first = groups.find((group) => group.length > 0)?.[0];
    return first === undefined ? null : this.#topology.linkTo(caller, first);
  }

  /** Brings up to date which nodes a route's calls may go to. */
  #refresh(caller: RunningNode, route: RunningRoute): void {
    const { nodes, health, readiness } = this.#topology;
    const ready = route.groups.map((group) =>
      group.filter((n) => {
        const node = nodes[n] as RunningNode;
        return route.isByItem || (!node.draining && health.mayCall(caller, node));
      }),
    );
    const chosen = ready.find((group) => group.length > 0) ?? [];
    route.ready = chosen.map((n) => this.#topology.linkTo(caller, n));
    route.turns = turnsOf(route.ready.map(({ weight }) => weight));
    route.readiness = readiness;
  }
}
