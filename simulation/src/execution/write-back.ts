import type { EventQueue } from '../kernel/event-queue.ts';
import type { DirtyItems } from '../primitives/dirty-items.ts';
import type { Timers } from '../primitives/timers.ts';
import { beginBackground } from './background.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningNode } from './running-node.ts';
import { HANDLERS } from './step.ts';

const FLUSH = HANDLERS.indexOf('flush');
/** Flushes of one node under way at once; each writes one item. */
const FLUSHES_AT_ONCE = 8;

export interface WriteBackOptions {
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly timers: Timers;
}

/** Takes writes into the memory of nodes, and flushes them later. */
export class WriteBack {
  readonly #options: WriteBackOptions;
  readonly #flushers = new Map<RunningNode, Flusher>();

  constructor(options: WriteBackOptions) {
    this.#options = options;
  }

  /** A request writes an item at a node; false when the node has no room for it. */
  hold(node: RunningNode, item: number, nowMs: number): boolean {
    if (!node.store?.dirty?.write(item)) return false;
    this.#flusherOf(node).wake(nowMs);
    return true;
  }

  /** The flush of an item has reached the database. */
  flushed(node: RunningNode, item: number, nowMs: number): void {
    this.#flusherOf(node).flushed(item, nowMs);
  }

  #flusherOf(node: RunningNode): Flusher {
    const known = this.#flushers.get(node);
    if (known !== undefined) return known;
    const flusher = new Flusher(this.#options, node);
    this.#flushers.set(node, flusher);
    return flusher;
  }
}

/** Writes a node's dirty items to the database behind it, as background work of that node with the handler `flush`. */
class Flusher {
  readonly #o: WriteBackOptions;
  readonly #node: RunningNode;
  readonly #timer: number;
  #isArmed = false;
  /** Items that were dirty when the timer rang and that no flush has taken yet. */
  #due = 0;
  /** The flushes under way: item, request, and the request's generation, which changes when it ends. */
  readonly #items: number[] = [];
  readonly #requests: number[] = [];
  readonly #generations: number[] = [];
  readonly #columns = [this.#items, this.#requests, this.#generations];

  constructor(options: WriteBackOptions, node: RunningNode) {
    this.#o = options;
    this.#node = node;
    this.#timer = options.timers.create(node.number, (nowMs) => this.#ring(nowMs));
  }

  /** There is something to flush, an interval from now at the latest. */
  wake(nowMs: number): void {
    const { store } = this.#node;
    if (this.#isArmed || store === null) return;
    this.#isArmed = true;
    this.#o.timers.arm(this.#timer, nowMs + store.flushMs);
  }

  /** The flush of an item has reached the database. */
  flushed(item: number, nowMs: number): void {
    const at = this.#items.indexOf(item);
    if (at < 0) return;
    this.#drop(at);
    this.#dirty?.flushed(item);
    this.#startDue(nowMs);
  }

  get #dirty(): DirtyItems | null {
    return this.#node.store?.dirty ?? null;
  }

  #ring(nowMs: number): void {
    this.#isArmed = false;
    this.#takeBackFailed();
    this.#due = this.#dirty?.waiting ?? 0;
    this.#startDue(nowMs);
    if ((this.#dirty?.size ?? 0) > 0) this.wake(nowMs);
  }

  /** A flush whose request has ended otherwise than by `flushed` has failed, or was lost in a restart. */
  #takeBackFailed(): void {
    const { requests } = this.#o;
    for (let at = this.#items.length - 1; at >= 0; at--) {
      const request = requests.at(this.#requests[at] as number);
      if (request.generation === this.#generations[at]) continue;
      const item = this.#items[at] as number;
      this.#drop(at);
      if (this.#dirty?.has(item)) this.#dirty.failed(item);
    }
  }

  #startDue(nowMs: number): void {
    const entry = this.#node.handlerEntries[FLUSH] as number;
    while (this.#due > 0 && this.#items.length < FLUSHES_AT_ONCE && entry >= 0) {
      this.#due--;
      const item = this.#dirty?.takeOldest() ?? -1;
      if (item >= 0) this.#start(item, entry, nowMs);
    }
  }

  #start(item: number, entry: number, nowMs: number): void {
    const request = beginBackground(this.#o, this.#node, { entry, item }, nowMs);
    this.#items.push(item);
    this.#requests.push(request.row);
    this.#generations.push(request.generation);
  }

  /** Takes a flush out; the last one takes its place. */
  #drop(at: number): void {
    for (const column of this.#columns) {
      const last = column.pop() as number;
      if (at < column.length) column[at] = last;
    }
  }
}
