import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { Measurement, Profile, Topology, TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { windowOf } from './game.ts';
import { gameSimulator, SHARES } from './small-town.ts';

const position = { x: 0, y: 0 };
export const CLIENTS: TopologyNode = { kind: 'clients', id: 'clients', position };
export const WEB: TopologyNode = { kind: 'vm-basic', id: 'web-1', size: 'S', position };
export const PRIMARY: TopologyNode = { kind: 'sql-primary', id: 'primary', size: 'S', position };

/** One server and its database. */
export const HAMLET: Topology = {
  nodes: [CLIENTS, WEB, PRIMARY],
  links: [
    { from: 'clients', to: 'web-1' },
    { from: 'web-1', to: 'primary' },
  ],
};

/** The game's profile with some work that always takes as long as given. */
export function slow(demandsMs: Partial<Record<keyof Profile['demands'], number>>): Profile {
  const changed = Object.entries(demandsMs).map(([work, meanMs]) => [work, { meanMs, cv: 0 }]);
  const demands = { ...DEFAULT_PROFILE.demands, ...Object.fromEntries(changed) };
  return { ...DEFAULT_PROFILE, demands };
}

export interface Situation {
  readonly topology?: Topology;
  readonly profile?: Profile;
  readonly perSecond: number;
  readonly shares?: Readonly<Record<string, number>>;
  readonly hotRows?: number;
}

/** A situation's rows by node, of its second ten seconds. */
export function rowsOf(situation: Situation): (id: string) => Measurement {
  const { topology = HAMLET, profile, perSecond, shares = SHARES, hotRows = 500 } = situation;
  const simulator = gameSimulator(1, profile, { ...helloWorld.data, hotRows });
  simulator.setTopology(topology, false);
  simulator.setLoad(perSecond, shares);
  simulator.runUntil(10_000);
  simulator.closeWindow(topology, () => 0);
  simulator.runUntil(20_000);
  return windowOf(simulator, topology);
}
