import type { Work } from '../protocol/index.ts';

/**
 * What a node does for a request, one step after another. Names refer to the node's own resources and
 * routes; the compiler turns steps into numbers and the interpreter runs them.
 */
export type Step =
  /** Take a token (a connection, a place in the backlog); held until given, or until the node answers. */
  | { readonly do: 'take'; readonly pool: string }
  /** Give back what was taken or locked last. */
  | { readonly do: 'give' }
  /** Draw which item is read, or which row is written. */
  | { readonly do: 'draw'; readonly from: 'items' | 'rows' }
  /** Lock the drawn row until it is given back. */
  | { readonly do: 'lock'; readonly table: string }
  /** Spend CPU time. */
  | { readonly do: 'burst'; readonly station: string; readonly work: Work }
  /** Look the drawn item up; remembered for `unless-hit`, also across the answer to the caller. */
  | { readonly do: 'look-up'; readonly store: string }
  | { readonly do: 'fill'; readonly store: string }
  | { readonly do: 'forget'; readonly store: string }
  | { readonly do: 'unless-hit'; readonly steps: readonly Step[] }
  /**
   * Send a call over a route and wait for the answer. Without a handler the request goes on as itself.
   * An optional call that fails, or finds no ready node, counts as a miss instead of failing the request.
   */
  | {
      readonly do: 'call';
      readonly route: string;
      readonly handler?: Handler;
      readonly optional?: true;
    }
  /** Send work to every node of a route without waiting. */
  | { readonly do: 'broadcast'; readonly route: string; readonly handler: Handler };

/** What one node can ask of another, besides handling a request class. */
export const HANDLERS = ['read', 'write', 'apply', 'get', 'set', 'forget'] as const;
export type Handler = (typeof HANDLERS)[number];

export const take = (pool: string): Step => ({ do: 'take', pool });
export const give: Step = { do: 'give' };
export const draw = (from: 'items' | 'rows'): Step => ({ do: 'draw', from });
export const lock = (table: string): Step => ({ do: 'lock', table });
export const burst = (station: string, work: Work): Step => ({ do: 'burst', station, work });
export const lookUp = (store: string): Step => ({ do: 'look-up', store });
export const fill = (store: string): Step => ({ do: 'fill', store });
export const forget = (store: string): Step => ({ do: 'forget', store });
export const unlessHit = (...steps: readonly Step[]): Step => ({ do: 'unless-hit', steps });
export const forward = (route: string): Step => ({ do: 'call', route });
export const call = (route: string, handler: Handler): Step => ({ do: 'call', route, handler });
export const tryCall = (route: string, handler: Handler): Step => ({
  do: 'call',
  route,
  handler,
  optional: true,
});
export const broadcast = (route: string, handler: Handler): Step => ({
  do: 'broadcast',
  route,
  handler,
});
