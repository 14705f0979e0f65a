import type { BalancingPolicy } from '../protocol/index.ts';

/** What a balancer knows of its servers: which ones, how many it may use, and how busy each is. */
export interface Choice {
  /** Node numbers of the ready servers. */
  readonly ready: readonly number[];
  /** Calls sent over this route so far. */
  readonly turn: number;
  readonly inFlight: (node: number) => number;
}

/** Round robin takes the servers in turn; least connections the one with the fewest calls in flight, in turn among equals. */
export const BALANCING = {
  'round-robin': ({ ready, turn }) => ready[turn % ready.length] as number,
  'least-connections': ({ ready, turn, inFlight }) => {
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < ready.length; i++) {
      const node = ready[(turn + i) % ready.length] as number;
      const calls = inFlight(node);
      if (calls < fewest) {
        fewest = calls;
        best = node;
      }
    }
    return best;
  },
} satisfies Record<BalancingPolicy, (choice: Choice) => number>;
