import type { InstanceLimits } from '../primitives/instance-pool.ts';
import type { LogOptions } from '../primitives/log.ts';
import type { ReplicaLimits } from '../primitives/replica-set.ts';
import type { SessionLimits } from '../primitives/session-table.ts';
import type { Cause, EvictionPolicy } from '../protocol/index.ts';
import type { ScalingRules } from './autoscaler.ts';
import type { ScreenResource } from './screening.ts';

/** First come first served by servers, shared by all jobs at once, a CPU for each job alone, or a disk that flushes commits in groups. */
export type Discipline = 'fifo' | 'shared' | 'independent' | 'group-commit';

/** What a request gets a place in for as long as it is here, or is dropped for the cause. */
export type PlacesResource = { readonly cause: Cause } & (
  | ({ readonly type: 'instances' } & InstanceLimits)
  | ({ readonly type: 'sessions' } & SessionLimits)
  | ({
      readonly type: 'replicas';
      /** Name of the station that a request's bursts go to: its own replica's CPU. */
      readonly station: string;
      /** Servers of one replica; each has an even share of its `cores`. */
      readonly parallel: number;
    } & ReplicaLimits &
      ScalingRules)
);

/** A primitive that a node owns, as its kind declares it. Sizes change the figures, never the type. */
export type Resource =
  | {
      readonly type: 'station';
      readonly discipline: Discipline;
      readonly parallel: number;
      /** CPU limit in cores; the quota is this share of each period. */
      readonly cores: number;
      /** Part of these cores that is spent without any request; none unless given. */
      readonly backgroundCores?: number;
    }
  | {
      readonly type: 'pool';
      readonly tokens: number;
      /** Whether there are so many for each of the node's replicas that is up; the pool is then declared after these. */
      readonly perReplica?: true;
      readonly maxWaiting: number;
      /** Longest wait for a token; null when nobody waits. */
      readonly timeoutMs: number | null;
      /** Why a job that gets no token is dropped. */
      readonly cause: Cause;
      /** Whether this pool is the node's connections, as measured and shown. */
      readonly connections: boolean;
    }
  | { readonly type: 'locks'; readonly timeoutMs: number }
  | PlacesResource
  /** Messages until they are processed. */
  | ({ readonly type: 'log' } & LogOptions)
  | ScreenResource
  /** Leases on items, so that one request fetches what many miss. */
  | { readonly type: 'leases' }
  /** Copies of all items, the others `lagMs` behind the one that was written. */
  | {
      readonly type: 'copies';
      readonly items: number;
      readonly count: number;
      readonly lagMs: number;
    }
  | {
      readonly type: 'store';
      /** Items there are; the store holds at most `capacity` of them. */
      readonly items: number;
      readonly capacity: number;
      /** Least recently used unless given. */
      readonly eviction?: EvictionPolicy;
      /** How long an item is there after its latest fill; without end unless given. */
      readonly ttlMs?: number | null;
      /** Room for writes that are flushed later, see `StoreLimits`; none unless given. */
      readonly writeBack?: { readonly items: number; readonly flushMs: number } | null;
    };

/** What `Resources` builds and keeps by number; places, screens, copies and logs belong to their node. */
export type NumberedResource = Exclude<
  Resource,
  PlacesResource | ScreenResource | { type: 'copies' | 'log' }
>;

/** Whether a resource is one that requests get a place in. */
export function isPlaces(resource: Resource): resource is PlacesResource {
  return ['instances', 'sessions', 'replicas'].includes(resource.type);
}
