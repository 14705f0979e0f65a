import type {
  BalancingPolicy,
  NodeKind,
  NodeOf,
  Profile,
  RequestClass,
  SizeEntry,
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
  readonly data: { readonly items: number };
  readonly linked: (route: string) => boolean;
}

/** A node kind: what it owns, where its calls go, and which steps it takes. */
export interface Component<K extends NodeKind = NodeKind> {
  readonly kind: K;
  readonly routes: Readonly<Record<string, Route>>;
  /** How calls are spread over a route's nodes. */
  balancing?(node: NodeOf<K>): BalancingPolicy;
  resources(node: NodeOf<K>, around: Surroundings): Readonly<Record<string, Resource>>;
  /** Steps for a request class; absent when this kind does not take requests. */
  request?(requestClass: RequestClass, around: Surroundings): readonly Step[];
  /** Steps for what other nodes ask. */
  readonly handlers?: (around: Surroundings) => Readonly<Partial<Record<Handler, readonly Step[]>>>;
}
