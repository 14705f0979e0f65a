import { Leak, type LeakRate } from '../primitives/leak.ts';
import type { Timers } from '../primitives/timers.ts';
import type { TopologyNode } from '../protocol/index.ts';
import type { RunningNode } from './running-node.ts';

export interface LeaksRun {
  readonly timers: Timers;
  readonly memoryMiB: (node: TopologyNode) => number;
  readonly startupMs: (node: TopologyNode) => number;
}

/** The memory that nodes lose. Each is looked at again when its memory will be full at the latest. */
export class Leaks {
  readonly #run: LeaksRun;
  readonly #look: (node: RunningNode, nowMs: number) => void;
  readonly #timers = new Map<RunningNode, number>();

  /** `look`: the node's memory may be full now. */
  constructor(run: LeaksRun, look: (node: RunningNode, nowMs: number) => void) {
    this.#run = run;
    this.#look = look;
  }

  /** A node loses memory at a rate from now on; what it has lost stays lost while it loses any. */
  set(node: RunningNode, rate: LeakRate, nowMs: number): void {
    if (rate.mibPerRequest === 0 && rate.mibPerMs === 0) {
      node.leak = null;
      return;
    }
    if (node.leak === null) {
      node.leak = new Leak(rate, this.#run.memoryMiB(node.node), nowMs);
    } else node.leak.change(rate, nowMs);
    this.#watch(node, node.leak);
  }

  /** A node starts up anew, with all of its memory. */
  startUp(node: RunningNode, nowMs: number): void {
    if (node.leak === null) return;
    node.leak.reset(nowMs + this.#run.startupMs(node.node));
    this.#watch(node, node.leak);
  }

  #watch(node: RunningNode, leak: Leak): void {
    const { timers } = this.#run;
    let timer = this.#timers.get(node);
    if (timer === undefined) {
      timer = timers.create(node.number, (nowMs) => this.#look(node, nowMs));
      this.#timers.set(node, timer);
    }
    const fullMs = leak.fullAtMs();
    if (fullMs === Number.POSITIVE_INFINITY) timers.disarm(timer);
    else timers.arm(timer, fullMs);
  }
}
