import type { Cause } from '../protocol/index.ts';

/** A primitive that a node owns, as its kind declares it. Sizes change the figures, never the type. */
export type Resource =
  | {
      readonly type: 'station';
      /** First come first served by servers, or shared by all jobs at once. */
      readonly discipline: 'fifo' | 'shared';
      readonly parallel: number;
      /** CPU limit in cores; the quota is this share of each period. */
      readonly cores: number;
    }
  | {
      readonly type: 'pool';
      readonly tokens: number;
      readonly maxWaiting: number;
      /** Longest wait for a token; null when nobody waits. */
      readonly timeoutMs: number | null;
      /** Why a job that gets no token is dropped. */
      readonly cause: Cause;
      /** Whether this pool is the node's connections, as measured and shown. */
      readonly connections: boolean;
    }
  | { readonly type: 'locks'; readonly timeoutMs: number }
  | { readonly type: 'store'; readonly items: number; readonly capacity: number };
