import type { BalancingPolicy } from '../protocol/index.ts';

/** What a balancer knows of its ready servers when a call comes. */
export interface Choice {
  /** Calls in flight to each ready server; at least one entry. */
  readonly inFlight: readonly number[];
  /** Calls sent over this route so far. */
  readonly turn: number;
}

/**
 * The place of the chosen server among the ready ones. Round robin takes them in turn; least connections
 * the one with the fewest calls in flight, in turn among equals.
 */
export const BALANCING = {
  'round-robin': ({ inFlight, turn }) => turn % inFlight.length,
  'least-connections': ({ inFlight, turn }) => {
    let best = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < inFlight.length; i++) {
      const place = (turn + i) % inFlight.length;
      const calls = inFlight[place] as number;
      if (calls < fewest) {
        fewest = calls;
        best = place;
      }
    }
    return best;
  },
} satisfies Record<BalancingPolicy, (choice: Choice) => number>;
