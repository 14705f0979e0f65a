import type { StateHash } from '../kernel/state-hash.ts';
import { copyingMs } from '../policies/restoring.ts';
import type { DataCopy } from '../primitives/stored-data.ts';
import type { Timers } from '../primitives/timers.ts';
import type { Drill, FaultHappening, NodeId, RestoreSource } from '../protocol/index.ts';
import { strikes } from './fault-reach.ts';
import type { Replication } from './replication.ts';
import type { RunningNode } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

export type DiskLoss = Extract<Drill, { kind: 'disk-loss' }>;

/** What bringing data back needs of the run. */
export interface RecoveryRun {
  readonly topology: RunningTopology;
  readonly timers: Timers;
  readonly replication: Replication;
  readonly tell: (news: FaultHappening) => void;
  /** A node's data is there again, so that it may start; these, which repeat its writes, are copied from it anew. */
  readonly restored: (copiedAnew: readonly RunningNode[], nowMs: number) => void;
}

/** What a node's data comes back from; null for nothing. */
type Origin = DataCopy | 'replication' | null;

/** A node waits until nothing else keeps it down, then its data is brought back, then it starts. */
const PHASES = ['waiting', 'restoring', 'starting'] as const;

/** Lost disks of a node on their way back. */
interface Loss {
  readonly faults: string[];
  readonly atMs: number;
  /** Writes that the node had lost before. */
  readonly lostBefore: number;
  /** Messages that a queue has lost. */
  messages: number;
  /** Nodes that had lost data too before this one's was there again. */
  readonly others: Set<RunningNode>;
  phase: (typeof PHASES)[number];
  origin: Origin;
}

/**
 * Brings lost data back. A node whose writes, or whose copy of others', are on a node that is up and sends it all it
 * commits is copied from there; a replica waits for that. Any other is restored from the latest of its own copies, or
 * comes back empty. What was committed after that point is lost, and counted when the data is back: until then a
 * replica may be promoted instead.
 */
export class Recovery {
  readonly #run: RecoveryRun;
  readonly #losses = new Map<RunningNode, Loss>();
  readonly #timers = new Map<RunningNode, number>();

  constructor(run: RecoveryRun) {
    this.#run = run;
  }

  /** Disks are lost now. */
  strike(fault: DiskLoss, nowMs: number): void {
    for (const node of this.#run.topology.present) {
      if (strikes(fault, node.node)) this.#lose(node, fault, nowMs);
    }
  }

  /** Whether the node is down because its data is not there. */
  holds(node: RunningNode): boolean {
    const phase = this.#losses.get(node)?.phase;
    return phase !== undefined && phase !== 'starting';
  }

  /** Whether data that a fault has lost is still not there, at one node or at any. */
  isUnderWay(fault: string, id?: NodeId): boolean {
    return [...this.#losses].some(
      ([node, { faults }]) =>
        faults.includes(fault) && this.holds(node) && (id ?? node.node.id) === node.node.id,
    );
  }

  get isIdle(): boolean {
    return this.#losses.size === 0;
  }

  /** Goes on with a node if nothing else keeps it down; starts over later if something does. */
  proceed(node: RunningNode, isHeldDown: boolean, nowMs: number): void {
    const loss = this.#losses.get(node);
    if (loss === undefined || loss.phase === 'starting') return;
    if (isHeldDown) this.#wait(node, loss);
    else if (loss.phase === 'waiting') this.#begin(node, loss, nowMs);
  }

  /** A node has become ready. */
  started(node: RunningNode, nowMs: number): void {
    const loss = this.#losses.get(node);
    if (loss?.phase !== 'starting') return;
    this.#losses.delete(node);
    const isCopied = loss.origin === 'replication';
    const lostWrites = isCopied ? 0 : node.data.lost - loss.lostBefore + loss.messages;
    const restored = {
      rpoSeconds: rpoSeconds(loss, lostWrites),
      rtoSeconds: (nowMs - loss.atMs) / 1000,
      lostWrites,
    };
    node.recovery.restored(restored);
    const from = sourceName(loss.origin);
    const [fault = ''] = loss.faults;
    this.#run.tell({ type: 'data-restored', fault, node: node.node.id, from, ...restored });
  }

  /** A node is gone, and its data for good. */
  forget(node: RunningNode): void {
    this.#losses.delete(node);
  }

  /** Mixes nothing in while no data is lost. */
  mixInto(hash: StateHash): void {
    for (const [node, { phase, atMs }] of this.#losses) {
      hash.mixInt(PHASES.indexOf(phase));
      hash.mixFloat(atMs);
      node.data.mixInto(hash);
    }
  }

  #lose(node: RunningNode, fault: DiskLoss, nowMs: number): void {
    if ('zone' in fault.target) node.data.dropSnapshots();
    const messages = node.log?.loseDisks(nowMs) ?? 0;
    for (const loss of this.#losses.values()) loss.others.add(node);
    const known = this.#losses.get(node);
    if (known === undefined) {
      const since = { faults: [fault.id], atMs: nowMs, lostBefore: node.data.lost };
      const others = new Set(this.#losses.keys());
      this.#losses.set(node, { ...since, messages, others, phase: 'waiting', origin: null });
      return;
    }
    known.faults.push(fault.id);
    known.messages += messages;
    this.#wait(node, known);
  }

  #wait(node: RunningNode, loss: Loss): void {
    loss.phase = 'waiting';
    this.#run.timers.disarm(this.#timerOf(node));
  }

  #begin(node: RunningNode, loss: Loss, nowMs: number): void {
    const { replication, timers, topology } = this.#run;
    const source = replication.sourceOf(node, loss.others);
    if (source === 'later') return;
    if (source === 'now') loss.origin = 'replication';
    else loss.origin = node.data.latestCopy;
    loss.phase = 'restoring';
    const kind = loss.origin === 'replication' ? 'backup' : loss.origin?.kind;
    const forMs = kind === undefined ? 0 : copyingMs(node.node, kind, topology.items);
    timers.arm(this.#timerOf(node), nowMs + forMs);
  }

  #end(node: RunningNode, nowMs: number): void {
    const loss = this.#losses.get(node);
    if (loss === undefined) return;
    const { replication } = this.#run;
    if (loss.origin === 'replication') {
      if (replication.sourceOf(node, loss.others) !== 'now') {
        loss.phase = 'waiting';
        this.#begin(node, loss, nowMs);
        return;
      }
      replication.copiedAnew(node, nowMs);
      loss.phase = 'starting';
      this.#run.restored([], nowMs);
      return;
    }
    const lost = node.data.restore(loss.origin);
    if (lost > 0) {
      node.consistency.add('lostWrites', lost);
      replication.takeBack(node, lost, nowMs);
    }
    const copies = replication.copiesOf(node).filter((copy) => !this.holds(copy));
    loss.phase = 'starting';
    this.#run.restored(copies, nowMs);
  }

  #timerOf(node: RunningNode): number {
    const known = this.#timers.get(node);
    if (known !== undefined) return known;
    const timer = this.#run.timers.create(node.number, (nowMs) => this.#end(node, nowMs));
    this.#timers.set(node, timer);
    return timer;
  }
}

function sourceName(origin: Origin): RestoreSource | null {
  return origin === 'replication' ? origin : (origin?.kind ?? null);
}

/** The time before the fault that is lost; zero when no write is, null when all are. */
function rpoSeconds({ origin, atMs }: Loss, lostWrites: number): number | null {
  if (lostWrites === 0) return 0;
  return origin === null || origin === 'replication' ? null : (atMs - origin.atMs) / 1000;
}
