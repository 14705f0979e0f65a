import { ln } from '../kernel/det-math.ts';
import type { BalancingPolicy } from '../protocol/index.ts';
import { mixed } from './hashing.ts';

/** A server as a balancer sees it. */
export interface Server {
  /** Calls in flight to it from this balancer. */
  readonly inFlight: number;
  /** Its share of the calls, relative to the others'; at least 1. */
  readonly weight: number;
  /** 32 bits that stay the same while other servers come and go. */
  readonly hash: number;
}

/** What a balancer knows when a call comes. */
export interface Choice {
  /** The servers that may be chosen; at least one. */
  readonly servers: readonly Server[];
  /** Whose turn it is, by `turn`; see `turnsOf`. */
  readonly turns: readonly number[];
  /** Calls sent over this route so far. */
  readonly turn: number;
  /** 32 bits of the client the call is made for. */
  readonly key: number;
}

/** Most calls a server may hold, as a multiple of its share of all, where keys decide (`consistent-hash`). */
export const LOAD_FACTOR = 1.25;

/**
 * The place of the chosen server. `round-robin`: each in turn, by weight. `least-connections`: the one
 * with the fewest calls in flight for its weight, in turn among equals. `consistent-hash`: the client's
 * own server, or the next in that client's order of preference while a server holds all it may.
 */
export const BALANCING = {
  'round-robin': inTurn,
  'least-connections': leastBusy,
  'consistent-hash': preferred,
} satisfies Record<BalancingPolicy, (choice: Choice) => number>;

function inTurn({ turns, turn }: Choice): number {
  return turns[turn % turns.length] as number;
}

function leastBusy(choice: Choice): number {
  const { servers } = choice;
  const first = inTurn(choice);
  let best = first;
  for (let i = 1; i < servers.length; i++) {
    const place = (first + i) % servers.length;
    const one = servers[place] as Server;
    const other = servers[best] as Server;
    if (one.inFlight * other.weight < other.inFlight * one.weight) best = place;
  }
  return best;
}

/**
 * Consistent hashing with bounded load (Mirrokni, Thorup and Zadimoghaddam, 2018): a server is passed
 * over while it holds its bound. A client's order of preference is by highest random weight (Thaler and
 * Ravishankar, 1998), so that whom a lost server held is spread over all others, not given to a neighbour.
 */
function preferred({ servers, key }: Choice): number {
  let calls = 1;
  let weights = 0;
  for (let i = 0; i < servers.length; i++) {
    calls += (servers[i] as Server).inFlight;
    weights += (servers[i] as Server).weight;
  }
  let best = -1;
  let liking = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < servers.length; place++) {
    const server = servers[place] as Server;
    if (server.inFlight >= loadBound(calls, server.weight, weights)) continue;
    const likes = preference(key, server);
    if (likes > liking) {
      liking = likes;
      best = place;
    }
  }
  return best;
}

/**
 * Most calls that a server of this weight, among servers of these weights together, may hold when `calls`
 * are there, the new one included. Divided last, so that a bound which is an integer stays that integer.
 */
export function loadBound(calls: number, weight: number, weights: number): number {
  return Math.ceil((LOAD_FACTOR * calls * weight) / weights);
}

const TWO_MINUS_32 = 1 / 4_294_967_296;

/** How much a client likes a server: it likes each best with the probability of its share of the weight. */
function preference(key: number, { hash, weight }: Server): number {
  const uniform = (mixed(key ^ hash) + 0.5) * TWO_MINUS_32;
  return ln(uniform) / weight;
}

/**
 * The servers' order in a round in which each has as many turns as its weight says, spread as evenly as
 * can be: nginx's smooth weighted round robin. Equal weights give each one turn.
 */
export function turnsOf(weights: readonly number[]): readonly number[] {
  const common = weights.reduce(commonDivisor, 0);
  const shares = weights.map((weight) => weight / common);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const credit = shares.map(() => 0);
  return Array.from({ length: total }, () => {
    let best = 0;
    shares.forEach((share, place) => {
      credit[place] = (credit[place] as number) + share;
      if ((credit[place] as number) > (credit[best] as number)) best = place;
    });
    credit[best] = (credit[best] as number) - total;
    return best;
  });
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
