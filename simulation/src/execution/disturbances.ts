import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { Leak, type LeakRate } from '../primitives/leak.ts';
import type { Timers } from '../primitives/timers.ts';
import {
  CAUSES,
  type Drill,
  type Fault,
  type FaultHappening,
  type FaultKind,
  faultSeconds,
  faultTarget,
  type Release,
  type TopologyNode,
} from '../protocol/index.ts';
import { Defects } from './defects.ts';
import { holdsDown, lossOver, repairedByRestart, strikes } from './fault-reach.ts';
import type { RunningNode } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

const NODE_DOWN = CAUSES.indexOf('node-down');
const OUT_OF_MEMORY = CAUSES.indexOf('out-of-memory');

/** Time between the word that a spot node will be taken and its taking. */
const SPOT_NOTICE_MS = 30_000;
/** Timers that belong to no node. */
const NO_NODE = -1;

/** A fault's way: it waits for its time, a spot interruption gives notice, it acts, and it is over. */
const PHASES = ['waiting', 'told', 'acting', 'over'] as const;
interface Course {
  readonly fault: Drill;
  readonly timer: number;
  phase: (typeof PHASES)[number];
}

export interface DisturbedRun {
  readonly releases: readonly Release[];
  readonly stream: (name: string) => RandomStream;
  readonly topology: RunningTopology;
  readonly timers: Timers;
  readonly memoryMiB: (node: TopologyNode) => number;
  readonly startupMs: (node: TopologyNode) => number;
  /** Takes a node out of service; what it holds fails for the cause. */
  readonly stop: (node: RunningNode, cause: number) => void;
  /** Links may lose other shares of their packets than before. */
  readonly linksChanged: (nowMs: number) => void;
}

/**
 * What faults and faulty releases do to the running topology. The faults that act at an instant say how
 * everything is; nodes and links are brought to that after each change, so that faults may overlap in any way.
 */
export class Disturbances {
  readonly #run: DisturbedRun;
  readonly #courses: Course[] = [];
  /** Nodes that a fault keeps from running. */
  readonly #held = new Set<RunningNode>();
  readonly #memoryTimers = new Map<RunningNode, number>();
  readonly #defects = new Map<RunningNode, Defects>();
  #news: FaultHappening[] = [];

  constructor(run: DisturbedRun, faults: readonly Fault[]) {
    this.#run = run;
    for (const fault of faults) this.#add(fault, fault.atSeconds * 1000);
  }

  /** A fault begins now. */
  begin(fault: Drill, nowMs: number): void {
    const course = this.#add(fault, nowMs);
    this.#run.timers.disarm(course.timer);
    this.#advance(course, nowMs);
  }

  /** Whether a fault of this name has been there, or will be. */
  knows(id: string): boolean {
    return this.#courses.some(({ fault }) => fault.id === id);
  }

  /** The topology has changed; faults of nodes that are gone are over. */
  topologyChanged(gone: readonly RunningNode[], nowMs: number): void {
    for (const node of gone) {
      this.#held.delete(node);
      this.#endWhere(({ target }) => 'node' in target && target.node === node.node.id);
    }
    this.#enforce(nowMs);
  }

  /** Starts a node anew, which ends what a restart repairs; it stays down while a fault holds it. */
  restart(node: RunningNode, nowMs: number): void {
    this.#endWhere((fault) => repairedByRestart(fault) && strikes(fault, node.node));
    this.#held.delete(node);
    this.#run.stop(node, NODE_DOWN);
    this.#start(node, nowMs);
    this.#enforce(nowMs);
  }

  /** Whether a fault that no restart ends keeps the node from running. */
  isLost(node: RunningNode): boolean {
    return this.#acting.some(
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
    return this.#courses
      .filter(({ phase }) => phase === 'acting' || phase === 'told')
      .filter(({ fault }) => strikes(fault, node))
      .map(({ fault }) => fault.kind);
  }

  takeNews(): FaultHappening[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }

  mixInto(hash: StateHash): void {
    for (const { phase } of this.#courses) hash.mixInt(PHASES.indexOf(phase));
    for (const { leak } of this.#run.topology.nodes) if (leak !== null) leak.mixInto(hash);
    for (const { stream } of this.#defects.values()) {
      for (const word of stream.state) hash.mixInt(word | 0);
    }
  }

  get #acting(): Drill[] {
    return this.#courses.filter(({ phase }) => phase === 'acting').map(({ fault }) => fault);
  }

  #add(fault: Drill, atMs: number): Course {
    const timer = this.#run.timers.create(NO_NODE, (nowMs) => this.#advance(course, nowMs));
    const course: Course = { fault, timer, phase: 'waiting' };
    this.#courses.push(course);
    this.#run.timers.arm(timer, atMs);
    return course;
  }

  #advance(course: Course, nowMs: number): void {
    switch (course.phase) {
      case 'waiting':
        return this.#reach(course, nowMs);
      case 'told':
        return this.#act(course, nowMs);
      case 'acting':
        this.#end(course);
        return this.#enforce(nowMs);
      case 'over':
    }
  }

  #reach(course: Course, nowMs: number): void {
    const { fault, timer } = course;
    this.#tell('fault-began', fault);
    if (fault.kind === 'spot-interruption') {
      course.phase = 'told';
      this.#run.timers.arm(timer, nowMs + SPOT_NOTICE_MS);
    } else this.#act(course, nowMs);
  }

  #act(course: Course, nowMs: number): void {
    const { fault, timer } = course;
    course.phase = 'acting';
    if (fault.kind === 'restart') {
      const node = this.#run.topology.get(fault.target.node);
      if (node !== undefined) this.restart(node, nowMs);
    }
    const seconds = faultSeconds(fault);
    if (seconds === 0) this.#end(course);
    else if (seconds !== null) this.#run.timers.arm(timer, nowMs + seconds * 1000);
    this.#enforce(nowMs);
  }

  #endWhere(isOver: (fault: Drill) => boolean): void {
    for (const course of this.#courses) {
      if (course.phase === 'waiting' || course.phase === 'over') continue;
      if (isOver(course.fault)) this.#end(course);
    }
  }

  #end(course: Course): void {
    course.phase = 'over';
    this.#run.timers.disarm(course.timer);
    this.#tell('fault-ended', course.fault);
  }

  #tell(type: 'fault-began' | 'fault-ended', fault: Drill): void {
    const { id, kind } = fault;
    this.#news.push({ type, fault: id, kind, target: faultTarget(fault) });
  }

  /** Brings every node and link to what the acting faults make of it. */
  #enforce(nowMs: number): void {
    if (this.#courses.length === 0 && this.#run.releases.length === 0) return;
    const faults = this.#acting;
    const { nodes, links } = this.#run.topology;
    for (const node of nodes) {
      if (this.#run.topology.get(node.node.id) === node) this.#enforceAt(node, faults, nowMs);
    }
    for (const link of links) link.lossRatio = lossOver(link.key, faults);
    this.#run.linksChanged(nowMs);
  }

  #enforceAt(node: RunningNode, all: readonly Drill[], nowMs: number): void {
    const faults = all.filter((fault) => strikes(fault, node.node));
    const release = this.#releaseOf(node.node);
    node.demandFactor = release?.demandFactor ?? 1;
    node.clockSkewMs = 0;
    const rate = { mibPerRequest: release?.leakMiBPerRequest ?? 0, mibPerMs: 0 };
    for (const fault of faults) {
      if (fault.kind === 'slow') node.demandFactor *= fault.factor;
      if (fault.kind === 'clock-skew') node.clockSkewMs += fault.offsetSeconds * 1000;
      if (fault.kind !== 'leak') continue;
      rate.mibPerRequest += fault.mibPerRequest;
      rate.mibPerMs += fault.mibPerSecond / 1000;
    }
    this.#setLeak(node, rate, nowMs);
    node.screening.isDiskFull = faults.some(({ kind }) => kind === 'full-disk');
    this.#setDefects(node, release?.errorRatio ?? 0);
    this.#hold(node, faults.some(holdsDown), nowMs);
  }

  #setLeak(node: RunningNode, rate: LeakRate, nowMs: number): void {
    if (rate.mibPerRequest === 0 && rate.mibPerMs === 0) {
      node.leak = null;
      return;
    }
    if (node.leak === null) {
      node.leak = new Leak(rate, this.#run.memoryMiB(node.node), nowMs);
    } else node.leak.change(rate, nowMs);
    this.#watchMemory(node, node.leak);
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
    if (node.leak === null) return;
    node.leak.reset(nowMs + this.#run.startupMs(node.node));
    this.#watchMemory(node, node.leak);
  }

  /** Looks at a leaking node again when its memory will be full at the latest. */
  #watchMemory(node: RunningNode, leak: Leak): void {
    const { timers } = this.#run;
    let timer = this.#memoryTimers.get(node);
    if (timer === undefined) {
      timer = timers.create(node.number, (nowMs) => this.checkMemory(node, nowMs));
      this.#memoryTimers.set(node, timer);
    }
    const fullMs = leak.fullAtMs();
    if (fullMs === Number.POSITIVE_INFINITY) timers.disarm(timer);
    else timers.arm(timer, fullMs);
  }
}
