import type { RandomStream } from '../kernel/random.ts';
import type { LockTable } from '../primitives/lock-table.ts';
import type { LruStore } from '../primitives/lru-store.ts';
import type { Station } from '../primitives/station.ts';
import type { TokenPool } from '../primitives/token-pool.ts';
import type { BalancingPolicy, LinkKey, Operation, TopologyNode } from '../protocol/index.ts';
import { OPERATIONS } from '../protocol/index.ts';
import type { Meter } from './meter.ts';

/** Where calls over one named route of one node may go. */
export interface RunningRoute {
  /** Node numbers by preference. */
  groups: readonly (readonly number[])[];
  policy: BalancingPolicy;
  /** Calls sent over it so far. */
  turn: number;
  /** Ready nodes of the first group that has any, and the readiness of the topology they were found at. */
  ready: RunningNode[];
  /** The link to each of them. */
  links: RunningLink[];
  readiness: number;
}

/** Where a node's programs begin. */
export interface Programs {
  readonly entries: Int32Array;
  readonly handlerEntries: Int32Array;
}

/** A node while it runs: its primitives, its meter, and where its programs begin. */
export interface RunningNode {
  /** Its number, which no other node of the run ever gets. */
  readonly number: number;
  node: TopologyNode;
  ready: boolean;
  /** Tells the latest start-up from earlier ones. */
  startVersion: number;
  readonly meter: Meter;
  /** Service times of this node; its own stream, so that another node's draws change nothing here. */
  readonly service: RandomStream;
  /** Number of each declared resource among those of its type. */
  readonly resources: Map<string, number>;
  readonly routes: Map<string, number>;
  /** Number of the link to each node that a link leads to. */
  readonly links: Map<number, number>;
  /** Its programs by what they were compiled for. */
  readonly programs: Map<string, Programs>;
  /** Beginning of the program by request class, -1 when it serves none. */
  entries: Int32Array;
  /** Beginning of the program by handler, -1 when it has none. */
  handlerEntries: Int32Array;
  station: Station | null;
  /** CPU it may use, in cores. */
  cores: number;
  connections: TokenPool | null;
  locks: LockTable | null;
  store: LruStore | null;
  /** Times at which broadcast work that is not done yet was sent; null when it takes none. */
  behindSinceMs: number[] | null;
  /** The station's sums at the last window's end. */
  usedMs: number;
  waitingArea: number;
  lockArea: number;
}

/** A link while it runs: calls in the present window. */
export class RunningLink {
  readonly key: LinkKey;
  readonly calls = new Float64Array(OPERATIONS.length);
  inFlight = 0;
  failed = 0;
  answered = 0;
  sumMs = 0;

  constructor(key: LinkKey) {
    this.key = key;
  }

  /** A call goes out, shown as an operation. */
  send(operation: number): void {
    this.calls[operation] = (this.calls[operation] as number) + 1;
    this.inFlight++;
  }

  answer(afterMs: number): void {
    this.inFlight--;
    this.answered++;
    this.sumMs += afterMs;
  }

  fail(): void {
    this.inFlight--;
    this.failed++;
  }

  nextWindow(): void {
    this.calls.fill(0);
    this.failed = 0;
    this.answered = 0;
    this.sumMs = 0;
  }
}

/** Operations from the least to the most demanding; a request is shown as its most demanding one. */
const BY_DEMAND: readonly Operation[] = ['static', 'read', 'write', 'compute'];

/** The operation as which a request is shown. */
export function shownAs(operations: readonly Operation[]): number {
  const rank = Math.max(...operations.map((operation) => BY_DEMAND.indexOf(operation)));
  return OPERATIONS.indexOf(BY_DEMAND[rank] as Operation);
}
