import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import type { Timers } from '../primitives/timers.ts';
import {
  CAUSES,
  type Drill,
  type Fault,
  type FaultHappening,
  type FaultKind,
  type Release,
  type TopologyNode,
} from '../protocol/index.ts';
import { Copying } from './copying.ts';
import { Defects } from './defects.ts';
import type { Deliveries } from './deliveries.ts';
import { FaultCourses } from './fault-courses.ts';
import { holdsDown, lossOver, repairedByRestart, strikes } from './fault-reach.ts';
import { Leaks } from './leaks.ts';
import { Recovery } from './recovery.ts';
import type { Replication } from './replication.ts';
import type { RunningNode } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

const NODE_DOWN = CAUSES.indexOf('node-down');
const OUT_OF_MEMORY = CAUSES.indexOf('out-of-memory');

export interface DisturbedRun {
  readonly releases: readonly Release[];
  readonly stream: (name: string) => RandomStream;
  readonly topology: RunningTopology;
  readonly timers: Timers;
  readonly memoryMiB: (node: TopologyNode) => number;
  readonly startupMs: (node: TopologyNode) => number;
  /** Takes a node out of service; what it holds fails for the cause. */
  readonly stop: (node: RunningNode, cause: number) => void;
  readonly replication: Replication;
  readonly deliveries: Pick<Deliveries, 'linksChanged'>;
}

/**
 * What faults and faulty releases do to the running topology. The faults that act at an instant say how
 * everything is; nodes and links are brought to that after each change, so that faults may overlap in any way.
 */
export class Disturbances {
  readonly #run: DisturbedRun;
  readonly #courses: FaultCourses;
  /** Nodes that a fault keeps from running. */
  readonly #held = new Set<RunningNode>();
  readonly #defects = new Map<RunningNode, Defects>();
  readonly #leaks: Leaks;
  readonly #copying: Copying;
  readonly #recovery: Recovery;
  #news: FaultHappening[] = [];

  constructor(run: DisturbedRun, faults: readonly Fault[]) {
    const { topology, timers, replication } = run;
    const tell = (news: FaultHappening) => void this.#news.push(news);
    this.#run = run;
    this.#leaks = new Leaks(run, (node, nowMs) => this.checkMemory(node, nowMs));
    this.#copying = new Copying({
      ...{ timers, items: topology.items },
      loadChanged: (node, nowMs) => this.#enforceAt(node, this.#courses.acting, nowMs),
    });
    this.#recovery = new Recovery({
      ...{ topology, timers, replication, tell },
      restored: (copiedAnew, nowMs) => this.#restored(copiedAnew, nowMs),
    });
    topology.onStarted = (node, nowMs) => this.#started(node, nowMs);
    this.#courses = new FaultCourses({
      ...{ timers, tell },
      begun: (fault, nowMs) => this.#begun(fault, nowMs),
      changed: (nowMs) => this.#enforce(nowMs),
    });
    for (const fault of faults) this.#courses.add(fault, fault.atSeconds * 1000);
  }

  /** A fault begins now. */
  begin(fault: Drill, nowMs: number): void {
    this.#courses.begin(fault, nowMs);
  }

  /** Whether a fault of this name has been there, or will be. */
  knows(id: string): boolean {
    return this.#courses.knows(id);
  }

  /** The topology has changed; faults of nodes that are gone are over. */
  topologyChanged(gone: readonly RunningNode[], nowMs: number): void {
    for (const node of gone) {
      this.#held.delete(node);
      this.#recovery.forget(node);
      this.#courses.endWhere(({ target }) => 'node' in target && target.node === node.node.id);
    }
    this.#endRestored();
    this.#copying.follow(this.#run.topology.present, nowMs);
    this.#enforce(nowMs);
  }

  /** Starts a node anew, which ends what a restart repairs; it stays down while a fault holds it. */
  restart(node: RunningNode, nowMs: number): void {
    this.#courses.endWhere((fault) => repairedByRestart(fault) && strikes(fault, node.node));
    this.#held.delete(node);
    this.#run.stop(node, NODE_DOWN);
    this.#start(node, nowMs);
    this.#enforce(nowMs);
  }

  /** Whether a fault that no restart ends keeps the node from running. */
  isLost(node: RunningNode): boolean {
    if (this.#recovery.holds(node)) return true;
    return this.#courses.acting.some(
      (fault) => holdsDown(fault) && !repairedByRestart(fault) && strikes(fault, node.node),
    );
  }

  isHeldDown(node: RunningNode): boolean {
    return this.#held.has(node);
  }

  /** A node whose memory is full now is killed, and starts anew. */
  checkMemory(node: RunningNode, nowMs: number): void {
    if (!node.ready || node.leak === null || !node.leak.isFull(nowMs)) return;
    this.#news.push({ type: 'node-killed', node: node.node.id, cause: 'out-of-memory' });
    this.#run.stop(node, OUT_OF_MEMORY);
    this.#start(node, nowMs);
  }

  /** Kinds of the faults at a node, those that have only been announced among them. */
  at(node: TopologyNode): FaultKind[] {
    return this.#courses.told
      .filter((fault) => strikes(fault, node))
      .filter(({ kind, id }) => kind !== 'disk-loss' || this.#recovery.isUnderWay(id, node.id))
      .map(({ kind }) => kind);
  }

  takeNews(): FaultHappening[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }

  mixInto(hash: StateHash): void {
    this.#courses.mixInto(hash);
    this.#copying.mixInto(hash);
    this.#recovery.mixInto(hash);
    for (const { leak } of this.#run.topology.nodes) if (leak !== null) leak.mixInto(hash);
    for (const { stream } of this.#defects.values()) {
      for (const word of stream.state) hash.mixInt(word | 0);
    }
  }

  /** A fault acts from now on. */
  #begun(fault: Drill, nowMs: number): void {
    if (fault.kind === 'restart') {
      const node = this.#run.topology.get(fault.target.node);
      if (node !== undefined) this.restart(node, nowMs);
    } else if (fault.kind === 'disk-loss') {
      this.#recovery.strike(fault, nowMs);
      this.#endRestored();
    }
  }

  /** Brings every node and link to what the acting faults make of it. */
  #enforce(nowMs: number): void {
    if (this.#courses.isEmpty && this.#run.releases.length === 0) return;
    const faults = this.#courses.acting;
    const { present, links } = this.#run.topology;
    for (const node of present) this.#enforceAt(node, faults, nowMs);
    // Where data can be had is known only once every node is up or down.
    for (const node of present) this.#recovery.proceed(node, isHeldDown(node, faults), nowMs);
    for (const link of links) link.lossRatio = lossOver(link.key, faults);
    this.#run.replication.linksChanged(nowMs);
    this.#run.deliveries.linksChanged(nowMs);
  }

  #enforceAt(node: RunningNode, all: readonly Drill[], nowMs: number): void {
    const faults = all.filter((fault) => strikes(fault, node.node));
    const release = this.#releaseOf(node.node);
    node.demandFactor = (release?.demandFactor ?? 1) * this.#copying.slowdownOf(node);
    node.clockSkewMs = 0;
    const rate = { mibPerRequest: release?.leakMiBPerRequest ?? 0, mibPerMs: 0 };
    for (const fault of faults) {
      if (fault.kind === 'slow') node.demandFactor *= fault.factor;
      if (fault.kind === 'clock-skew') node.clockSkewMs += fault.offsetSeconds * 1000;
      if (fault.kind !== 'leak') continue;
      rate.mibPerRequest += fault.mibPerRequest;
      rate.mibPerMs += fault.mibPerSecond / 1000;
    }
    this.#leaks.set(node, rate, nowMs);
    node.screening.isDiskFull = faults.some(({ kind }) => kind === 'full-disk');
    this.#setDefects(node, release?.errorRatio ?? 0);
    this.#hold(node, faults.some(holdsDown) || this.#recovery.holds(node), nowMs);
  }

  #setDefects(node: RunningNode, ratio: number): void {
    if (ratio === 0) {
      node.defects = null;
      return;
    }
    node.defects =
      this.#defects.get(node) ?? new Defects(this.#run.stream(`defects of ${node.node.id}`));
    node.defects.ratio = ratio;
    this.#defects.set(node, node.defects);
  }

  #releaseOf(node: TopologyNode): Release | undefined {
    return 'version' in node
      ? this.#run.releases.find(({ version }) => version === node.version)
      : undefined;
  }

  #hold(node: RunningNode, isDown: boolean, nowMs: number): void {
    if (isDown === this.#held.has(node)) return;
    if (isDown) {
      this.#held.add(node);
      this.#run.stop(node, NODE_DOWN);
    } else {
      this.#held.delete(node);
      this.#start(node, nowMs);
    }
  }

  #start(node: RunningNode, nowMs: number): void {
    this.#run.topology.startUp(node, nowMs);
    this.#leaks.startUp(node, nowMs);
  }

  /** Lost data is there again, and what repeats its node's writes is copied from it anew. */
  #restored(copiedAnew: readonly RunningNode[], nowMs: number): void {
    for (const copy of copiedAnew) {
      this.#run.stop(copy, NODE_DOWN);
      this.#run.replication.copiedAnew(copy, nowMs);
      if (!this.#held.has(copy)) this.#start(copy, nowMs);
    }
    this.#endRestored();
    this.#enforce(nowMs);
  }

  /** A loss of disks is over once all data that it struck is there again, or gone with its node. */
  #endRestored(): void {
    this.#courses.endWhere(
      ({ kind, id }) => kind === 'disk-loss' && !this.#recovery.isUnderWay(id),
    );
  }

  #started(node: RunningNode, nowMs: number): void {
    if (this.#recovery.isIdle) return;
    this.#recovery.started(node, nowMs);
    this.#enforce(nowMs);
  }
}

function isHeldDown({ node }: RunningNode, faults: readonly Drill[]): boolean {
  return faults.some((fault) => holdsDown(fault) && strikes(fault, node));
}
