import type { StateHash } from '../kernel/state-hash.ts';
import { COPYING_SLOWDOWN, copyEveryMs, copyingMs } from '../policies/restoring.ts';
import type { Timers } from '../primitives/timers.ts';
import { COPY_KINDS, type CopyKind } from '../protocol/index.ts';
import type { RunningNode } from './running-node.ts';

/** What taking copies needs of the run. */
export interface CopyingRun {
  readonly timers: Timers;
  /** Items that the data consists of. */
  readonly items: number;
  /** A node has more to do than before, or less. */
  readonly loadChanged: (node: RunningNode, nowMs: number) => void;
}

/**
 * Lets nodes take copies of their data, each kind at its interval. A copy is of the data at its beginning and there at
 * its end; its node works more slowly meanwhile. One that is due while its node is down, or while the one before is
 * still being taken, is left out; a node that stops breaks its copies off.
 */
export class Copying {
  readonly #run: CopyingRun;
  readonly #schedules = new Map<RunningNode, readonly Schedule[]>();

  constructor(run: CopyingRun) {
    this.#run = run;
  }

  /** The topology is another one; each node's intervals count from when they were set. */
  follow(nodes: readonly RunningNode[], nowMs: number): void {
    const present = new Set(nodes);
    for (const node of this.#schedules.keys()) {
      if (!present.has(node)) this.#schedules.delete(node);
    }
    for (const node of nodes) {
      const intervals = COPY_KINDS.map((kind) => copyEveryMs(node.node, kind));
      const known = this.#schedules.get(node);
      if (known === undefined && intervals.every((everyMs) => everyMs === null)) continue;
      const schedules = known ?? COPY_KINDS.map((kind) => new Schedule(this.#run, node, kind));
      this.#schedules.set(node, schedules);
      schedules.forEach((one, i) => {
        one.configure(intervals[i] as number | null, nowMs);
      });
      node.recovery.show();
    }
  }

  /** How many times the CPU time a node's work takes because of the copies that it takes now. */
  slowdownOf(node: RunningNode): number {
    const taking = this.#schedules.get(node)?.filter(({ isTaking }) => isTaking) ?? [];
    return taking.reduce((factor) => factor * COPYING_SLOWDOWN, 1);
  }

  /** Mixes nothing in while no node takes copies. */
  mixInto(hash: StateHash): void {
    for (const [node, schedules] of this.#schedules) {
      node.data.mixInto(hash);
      for (const schedule of schedules) schedule.mixInto(hash);
    }
  }
}

/** The copies of one kind of one node's data. */
class Schedule {
  readonly #run: CopyingRun;
  readonly #node: RunningNode;
  readonly #kind: CopyKind;
  readonly #dueTimer: number;
  readonly #doneTimer: number;
  #everyMs: number | null = null;
  /** The copy being taken: since when, of how many writes, and the node's start that it belongs to. */
  #taking: { readonly sinceMs: number; readonly writes: number; readonly start: number } | null =
    null;

  constructor(run: CopyingRun, node: RunningNode, kind: CopyKind) {
    this.#run = run;
    this.#node = node;
    this.#kind = kind;
    this.#dueTimer = run.timers.create(node.number, (nowMs) => this.#begin(nowMs));
    this.#doneTimer = run.timers.create(node.number, (nowMs) => this.#end(nowMs));
  }

  get isTaking(): boolean {
    return this.#taking !== null && this.#taking.start === this.#node.startVersion;
  }

  configure(everyMs: number | null, nowMs: number): void {
    if (everyMs === this.#everyMs) return;
    this.#everyMs = everyMs;
    if (everyMs === null) this.#run.timers.disarm(this.#dueTimer);
    else this.#run.timers.arm(this.#dueTimer, nowMs + everyMs);
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.isTaking ? 1 : 0);
    hash.mixFloat(this.#taking?.sinceMs ?? 0);
  }

  #begin(nowMs: number): void {
    const { timers, items, loadChanged } = this.#run;
    const { node, data, ready, startVersion } = this.#node;
    timers.arm(this.#dueTimer, nowMs + (this.#everyMs as number));
    if (!ready || this.isTaking) return;
    this.#taking = { sinceMs: nowMs, writes: data.kept, start: startVersion };
    timers.arm(this.#doneTimer, nowMs + copyingMs(node, this.#kind, items));
    loadChanged(this.#node, nowMs);
  }

  #end(nowMs: number): void {
    const taken = this.isTaking ? this.#taking : null;
    this.#taking = null;
    if (taken === null) return;
    const { data, recovery } = this.#node;
    const writes = Math.min(taken.writes, data.kept);
    data.add({ kind: this.#kind, atMs: taken.sinceMs, writes });
    recovery.copied(this.#kind);
    this.#run.loadChanged(this.#node, nowMs);
  }
}
