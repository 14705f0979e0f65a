import type { StateHash } from '../kernel/state-hash.ts';
import { type Jobs, resized } from './jobs.ts';
import type { InstanceFigures, Places } from './places.ts';
import type { Station, StationLimit } from './station.ts';
import { TimeDeque } from './time-deque.ts';

export interface ReplicaLimits {
  /** Most replicas there may be. */
  readonly most: number;
  /** Jobs one replica holds at once; one more is refused. */
  readonly backlog: number;
  readonly startMs: number;
}

interface ReplicaSurroundings {
  readonly jobs: Jobs;
  /** A new station for a replica. */
  readonly newStation: () => Station;
  /** Asks for a call of `finishStarts` at that time. */
  readonly wakeAt: (atMs: number) => void;
}

interface Replica {
  readonly station: Station;
  jobs: number;
  state: 'starting' | 'ready' | 'leaving' | 'gone';
}

/**
 * Equal replicas of a service behind one address: each job goes to the next ready one in turn, whether
 * that is busy or not, and stays with it. One that is taken away ends its jobs first.
 */
export class ReplicaSet implements Places, Station {
  readonly #around: ReplicaSurroundings;
  readonly #replicas: Replica[] = [];
  #limits: ReplicaLimits = { most: 0, backlog: 0, startMs: 0 };
  #cpu: StationLimit = { parallel: 1, quotaMs: 0, periodMs: 1 };
  /** Ends of the starts under way; replicas start in the order of their places. */
  readonly #startsEnd = new TimeDeque();
  /** The replica of each job that has one. */
  #placeOf = new Int32Array(0);
  #turn = 0;
  #jobs = 0;
  #mostJobs = 0;
  #started = 0;
  #up = 0;
  #settledMs = 0;
  #upArea = 0;
  #startingArea = 0;
  readonly #window = { atMs: 0, upArea: 0, startingArea: 0 };
  readonly wasThere = true;
  /** Told of each new number of replicas that are up. */
  onUp: (up: number) => void = () => {};

  constructor(around: ReplicaSurroundings) {
    this.#around = around;
  }

  /** Replicas that are ready or leaving. */
  get up(): number {
    return this.#up;
  }

  /** Replicas that take jobs. */
  get ready(): number {
    return this.#count('ready');
  }

  get starting(): number {
    return this.#startsEnd.length;
  }

  get tokens(): number {
    return this.#count('ready') * this.#limits.backlog;
  }

  get waiting(): number {
    return this.#replicas.reduce((sum, { station }) => sum + station.waiting, 0);
  }

  oldestWaitMs(nowMs: number): number {
    return Math.max(0, ...this.#replicas.map(({ station }) => station.oldestWaitMs(nowMs)));
  }

  setLimits(limits: ReplicaLimits): void {
    this.#limits = limits;
  }

  configure(cpu: StationLimit, nowMs: number): void {
    this.#cpu = cpu;
    for (const { station } of this.#replicas) station.configure(cpu, nowMs);
  }

  /** Has so many replicas ready at once, for a service that is new: it counts its time from now on. */
  begin(replicas: number, nowMs: number): void {
    for (let i = 0; i < replicas; i++) this.#add('ready', nowMs);
    this.#setUp(replicas);
    this.#settledMs = nowMs;
    this.#window.atMs = nowMs;
  }

  /** Starts new replicas, or takes away those in the last places, those that are still starting first. */
  scaleTo(replicas: number, nowMs: number): void {
    this.#settle(nowMs);
    const present = this.ready + this.starting;
    for (let i = present; i < replicas; i++) this.#start(nowMs);
    for (let i = replicas; i < present; i++) this.#takeAway();
  }

  /** Makes the replicas ready whose time has come. */
  finishStarts(nowMs: number): void {
    this.#settle(nowMs);
    while (this.#startsEnd.first <= nowMs) {
      this.#startsEnd.shift();
      const replica = this.#replicas.find(({ state }) => state === 'starting') as Replica;
      replica.state = 'ready';
      this.#setUp(this.#up + 1);
    }
    if (this.#startsEnd.length > 0) this.#around.wakeAt(this.#startsEnd.first);
  }

  occupy(job: number): number {
    const place = this.#nextReady();
    if (place < 0) return -1;
    const replica = this.#replicas[place] as Replica;
    if (replica.jobs >= this.#limits.backlog) return -1;
    replica.jobs++;
    this.#jobs++;
    if (this.#jobs > this.#mostJobs) this.#mostJobs = this.#jobs;
    this.#place(job, place);
    return place;
  }

  release(place: number, nowMs: number): void {
    const replica = this.#replicas[place] as Replica;
    replica.jobs--;
    this.#jobs--;
    if (replica.state !== 'leaving' || replica.jobs > 0) return;
    this.#settle(nowMs);
    replica.state = 'gone';
    this.#setUp(this.#up - 1);
  }

  /** Replicas come back with their node; those that were starting or leaving do not. */
  clear(nowMs: number): void {
    this.#settle(nowMs);
    this.#startsEnd.clear();
    for (const replica of this.#replicas) {
      if (replica.state === 'leaving') this.#setUp(this.#up - 1);
      if (replica.state !== 'ready') replica.state = 'gone';
    }
  }

  submit(job: number, nowMs: number): void {
    this.#stationOf(job).submit(job, nowMs);
  }

  attainedMs(job: number, sinceMs: number, nowMs: number): number {
    return this.#stationOf(job).attainedMs(job, sinceMs, nowMs);
  }

  /** Its replicas' stations have events of their own; the set has none. */
  onEvent(): void {}

  usedMs(nowMs: number): number {
    return this.#replicas.reduce((sum, { station }) => sum + station.usedMs(nowMs), 0);
  }

  waitingArea(nowMs: number): number {
    return this.#replicas.reduce((sum, { station }) => sum + station.waitingArea(nowMs), 0);
  }

  /** Integral of the replicas that are up (ready or leaving) over time, in replica-milliseconds. */
  upArea(nowMs: number): number {
    this.#settle(nowMs);
    return this.#upArea;
  }

  takeMostUsed(): number {
    const most = this.#mostJobs;
    this.#mostJobs = this.#jobs;
    return most;
  }

  takeInstances(nowMs: number): InstanceFigures {
    this.#settle(nowMs);
    const since = this.#window;
    const forMs = nowMs - since.atMs;
    const mean = (area: number) => (forMs > 0 ? area / forMs : 0);
    const figures = {
      running: mean(this.#upArea - since.upArea),
      starting: mean(this.#startingArea - since.startingArea),
      limit: this.#limits.most,
      started: this.#started,
    };
    since.atMs = nowMs;
    since.upArea = this.#upArea;
    since.startingArea = this.#startingArea;
    this.#started = 0;
    return figures;
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.#turn);
    for (const { jobs, state } of this.#replicas) {
      hash.mixInt(jobs);
      hash.mixText(state);
    }
  }

  #setUp(up: number): void {
    this.#up = up;
    this.onUp(up);
  }

  #stationOf(job: number): Station {
    return (this.#replicas[this.#placeOf[job] as number] as Replica).station;
  }

  #count(wanted: Replica['state']): number {
    let count = 0;
    for (const { state } of this.#replicas) if (state === wanted) count++;
    return count;
  }

  #nextReady(): number {
    const count = this.#replicas.length;
    for (let i = 0; i < count; i++) {
      const place = (this.#turn + i) % count;
      if (this.#replicas[place]?.state !== 'ready') continue;
      this.#turn = (place + 1) % count;
      return place;
    }
    return -1;
  }

  #start(nowMs: number): void {
    this.#add('starting', nowMs);
    this.#started++;
    this.#startsEnd.push(nowMs + this.#limits.startMs);
    if (this.#startsEnd.length === 1) this.#around.wakeAt(this.#startsEnd.first);
  }

  /** A replica in the first place that is free. */
  #add(state: 'starting' | 'ready', nowMs: number): void {
    const free = this.#replicas.find((replica) => replica.state === 'gone');
    if (free !== undefined) {
      free.state = state;
      return;
    }
    const station = this.#around.newStation();
    station.configure(this.#cpu, nowMs);
    this.#replicas.push({ station, jobs: 0, state });
  }

  #takeAway(): void {
    const starting = this.#last('starting');
    if (starting !== undefined) {
      starting.state = 'gone';
      this.#startsEnd.pop();
      return;
    }
    const ready = this.#last('ready') as Replica;
    ready.state = ready.jobs > 0 ? 'leaving' : 'gone';
    if (ready.state === 'gone') this.#setUp(this.#up - 1);
  }

  #last(wanted: Replica['state']): Replica | undefined {
    return this.#replicas.filter(({ state }) => state === wanted).at(-1);
  }

  #place(job: number, place: number): void {
    if (job >= this.#placeOf.length) {
      this.#placeOf = resized(this.#placeOf, new Int32Array(this.#around.jobs.next.length));
    }
    this.#placeOf[job] = place;
  }

  #settle(nowMs: number): void {
    const forMs = nowMs - this.#settledMs;
    this.#upArea += this.#up * forMs;
    this.#startingArea += this.#startsEnd.length * forMs;
    this.#settledMs = nowMs;
  }
}
