import { createStream, type RandomStream } from '../kernel/random.ts';
import { hashOf } from '../policies/hashing.ts';
import type { Copies } from '../primitives/copies.ts';
import type { Leak } from '../primitives/leak.ts';
import type { LockTable } from '../primitives/lock-table.ts';
import type { MessageLog } from '../primitives/log.ts';
import type { Places } from '../primitives/places.ts';
import type { Station } from '../primitives/station.ts';
import type { Store } from '../primitives/store.ts';
import { StoredData } from '../primitives/stored-data.ts';
import type { TokenPool } from '../primitives/token-pool.ts';
import { UnflushedWrites } from '../primitives/unflushed-writes.ts';
import type { BalancingPolicy, Link, LinkKey, TopologyNode } from '../protocol/index.ts';
import { linkKey, OPERATIONS } from '../protocol/index.ts';
import type { Consumer } from './component.ts';
import { Consistency } from './consistency.ts';
import type { Defects } from './defects.ts';
import type { LinkGuard } from './link-guard.ts';
import { Meter } from './meter.ts';
import { RecoveryFigures } from './recovery-figures.ts';
import type { Following } from './replication.ts';
import { Screening } from './screening.ts';
import { HANDLERS } from './step.ts';

/** Where calls over one named route of one node may go. */
export interface RunningRoute {
  /** Node numbers by preference. */
  groups: readonly (readonly number[])[];
  policy: BalancingPolicy;
  /** Whether the drawn item says which node of a group it is, ready or not, instead of the policy. */
  readonly isByItem: boolean;
  /** Calls sent over it so far. */
  turn: number;
  /** Links to the nodes that may be called of the first group that has any, and the readiness of the topology they were found at. */
  ready: RunningLink[];
  /** Whose turn it is among them, by `turn`. */
  turns: readonly number[];
  readiness: number;
}

/** Where a node's programs begin. */
export interface Programs {
  readonly entries: Int32Array;
  readonly restEntries: Int32Array;
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
  /** The link to each node that one leads to, by that node's number. */
  readonly links: Map<number, RunningLink>;
  /** Its programs by what they were compiled for. */
  readonly programs: Map<string, Programs>;
  /** Beginning of the program by request class, -1 when it serves none. */
  entries: Int32Array;
  /** The same for what is left of a request once its messages are served elsewhere. */
  restEntries: Int32Array;
  /** Beginning of the program by handler, -1 when it has none. */
  handlerEntries: Int32Array;
  /** Where it spends CPU time: one station, or one a shard. */
  readonly stations: Station[];
  /** CPU it may use, and what of it is used without any request, in cores. */
  cores: number;
  backgroundCores: number;
  /** Its connections, and its locks: one pool and one table, or one a shard. */
  connections: TokenPool[];
  /** What its requests get a place in, as others get a connection; null when a token is all they need. */
  places: Places | null;
  readonly locks: LockTable[];
  store: Store | null;
  /** The copies its reads are answered from; null when there is only what it holds itself. */
  copies: Copies | null;
  /** The messages it keeps for consumers; null when it keeps none. */
  log: MessageLog | null;
  /** How it reads the logs that lead to it; null when it reads none. */
  consumer: Consumer | null;
  /** Whether it is a copy, behind the nodes that replicate to it even when none does. */
  isCopy: boolean;
  /** Routes over which its writes go on to other nodes. */
  replicationRoutes: readonly string[];
  /** The writes of others that it repeats; null when there are none to repeat. */
  following: Following | null;
  /** Its writes that a crash loses. */
  readonly unflushed: UnflushedWrites;
  /** What it has committed itself and has on its disks. */
  readonly data: StoredData;
  readonly recovery: RecoveryFigures;
  readonly consistency: Consistency;
  readonly screening: Screening;
  /** The station's sums at the last window's end. */
  usedMs: number;
  waitingArea: number;
  lockArea: number;
  /** Work takes so many times the CPU time: a slow machine, a heavier release. */
  demandFactor: number;
  /** How far its own clock is ahead of the true time. */
  clockSkewMs: number;
  /** Memory it loses; null when it loses none. */
  leak: Leak | null;
  /** Requests that its release fails; null when it fails none. */
  defects: Defects | null;
  /** Whether it finishes what it holds and is sent nothing new. */
  draining: boolean;
}

/** A node that has no primitives, routes and programs yet. */
export function createRunningNode(
  number: number,
  node: TopologyNode,
  { seed, classes }: { readonly seed: number; readonly classes: object },
): RunningNode {
  const classCount = Object.keys(classes).length;
  return {
    number,
    node,
    ready: true,
    startVersion: 0,
    meter: new Meter(),
    service: createStream(seed, `service of ${node.id}`),
    resources: new Map(),
    routes: new Map(),
    links: new Map(),
    programs: new Map(),
    entries: new Int32Array(classCount).fill(-1),
    restEntries: new Int32Array(classCount).fill(-1),
    handlerEntries: new Int32Array(HANDLERS.length).fill(-1),
    stations: [],
    cores: 0,
    backgroundCores: 0,
    connections: [],
    places: null,
    locks: [],
    store: null,
    copies: null,
    log: null,
    consumer: null,
    isCopy: false,
    replicationRoutes: [],
    following: null,
    unflushed: new UnflushedWrites(),
    data: new StoredData(),
    recovery: new RecoveryFigures(),
    consistency: new Consistency(),
    screening: new Screening(),
    usedMs: 0,
    waitingArea: 0,
    lockArea: 0,
    demandFactor: 1,
    clockSkewMs: 0,
    leak: null,
    defects: null,
    draining: false,
  };
}

/** A link while it runs: calls in the present window. */
export class RunningLink {
  readonly key: LinkKey;
  readonly target: RunningNode;
  /** One way, in milliseconds. */
  readonly latencyMs: number;
  /** Its share of the calls of a route, beside the other links. */
  weight = 1;
  /** Of the node it leads to, the same in every run. */
  readonly hash: number;
  /** Share of packets that is lost, in either direction; 1 when the link is cut. */
  lossRatio = 0;
  /** What its options make of calls; null when it has none. */
  guard: LinkGuard | null = null;
  readonly calls = new Float64Array(OPERATIONS.length);
  inFlight = 0;
  failed = 0;
  answered = 0;
  sumMs = 0;

  constructor(link: Link, target: RunningNode, latencyMs: number) {
    this.key = linkKey(link);
    this.target = target;
    this.hash = hashOf(link.to);
    this.latencyMs = latencyMs;
  }

  get isCut(): boolean {
    return this.lossRatio === 1;
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
    if (this.guard !== null) this.guard.retries = 0;
  }
}
