import type {
  BalancingPolicy,
  HealthCheck,
  NodeId,
  NodeKind,
  NodeOf,
  Profile,
  RequestClass,
  SizeEntry,
  TopologyNode,
} from '../protocol/index.ts';
import type { Resource } from './resource.ts';
import type { Handler, Step } from './step.ts';

/** Where calls may go: kinds in order of preference; a later group is used when an earlier one has no ready node. */
export type Route = readonly (readonly NodeKind[])[];

/** What a declaration may look at. */
export interface Surroundings {
  readonly profile: Profile;
  /** The size's figures; null for kinds without sizes. */
  readonly size: SizeEntry | null;
  /** CPU that the node spends without any request, in cores. */
  readonly backgroundCores: number;
  readonly data: { readonly items: number };
  readonly linked: (route: string) => boolean;
  /** The nodes that calls over a route may go to, whether ready or not. */
  readonly targets: (route: string) => readonly TopologyNode[];
}

/** How a node reads logs. */
export interface Consumer {
  /** Nodes of the same group share the messages of a log; each group gets all of them. */
  readonly group: string;
  /** Messages of each log that it processes at once. */
  readonly concurrency: number;
  /** Whether it knows a message again that has had its effect, and leaves it at that. */
  readonly idempotent: boolean;
}

/** A node kind: what it owns, where its calls go, and which steps it takes. */
export interface Component<K extends NodeKind = NodeKind> {
  readonly kind: K;
  readonly routes: Readonly<Record<string, Route>>;
  /**
   * Routes over which an item is always looked for at the same one of the linked nodes, by its number, ready or not: each
   * of them keeps its own part of the items. Their order is that of their names, so that all callers agree.
   */
  readonly byItem?: readonly string[];
  /** How calls are spread over a route's nodes. */
  balancing?(node: NodeOf<K>): BalancingPolicy;
  /** How it finds out which of its servers can be called; it knows at once when this is null or absent. */
  healthCheck?(node: NodeOf<K>): HealthCheck | null;
  resources(node: NodeOf<K>, around: Surroundings): Readonly<Record<string, Resource>>;
  /** Linked nodes that have a route of their own as well, `routeTo` them, whatever their kind. */
  destinations?(node: NodeOf<K>): readonly NodeId[];
  /** Steps for a request class, undefined for one it does not serve; absent when this kind does not take requests. */
  request?(
    requestClass: RequestClass,
    around: Surroundings,
    asked: { readonly node: NodeOf<K>; readonly className: string },
  ): readonly Step[] | undefined;
  /** Whether it is a copy of another node's data. */
  readonly copies?: true;
  /** Routes over which its writes go on to other nodes, which take them with the handler `apply`. */
  readonly replicatesOver?: readonly string[];
  /** Routes of which each target has a route of its own as well, `routeTo` it. */
  readonly addresses?: readonly string[];
  /** How often it asks every other node how it is, in milliseconds, with the handler `scrape`; absent: never. */
  scrapes?(node: NodeOf<K>): number;
  /** How it processes the messages of a log that leads to it, with the handler `consume`. */
  consumes?(node: NodeOf<K>): Consumer;
  /** Steps for what other nodes ask. */
  handlers?(
    around: Surroundings,
    node: NodeOf<K>,
  ): Readonly<Partial<Record<Handler, readonly Step[]>>>;
  /** Whether calls over a route of another node may come here, by the route's name; all may unless told. */
  accepts?(node: NodeOf<K>, route: string): boolean;
}

/** The name of the route to one linked node only. */
export function routeTo(id: NodeId): string {
  return `to ${id}`;
}

/** CPU in cores that a node of a kind spends without any request, as the profile says. */
export function backgroundCores(profile: Profile, kind: NodeKind): number {
  return (profile.backgroundMsPerSecond?.[kind] ?? 0) / 1000;
}
