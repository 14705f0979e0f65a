import type { EventQueue } from '../kernel/event-queue.ts';
import { DeadlineList, type IsCurrent } from '../primitives/deadline-list.ts';
import { FifoStation } from '../primitives/fifo-station.ts';
import { GroupCommit } from '../primitives/group-commit.ts';
import { IndependentStation } from '../primitives/independent-station.ts';
import type { Jobs } from '../primitives/jobs.ts';
import { LeaseTable } from '../primitives/lease-table.ts';
import { LockTable } from '../primitives/lock-table.ts';
import type { Places } from '../primitives/places.ts';
import { ReplicaSet } from '../primitives/replica-set.ts';
import { SharedStation } from '../primitives/shared-station.ts';
import type { Station, StationLimit, StationSurroundings } from '../primitives/station.ts';
import { Store, type StoreLimits } from '../primitives/store.ts';
import { Timers } from '../primitives/timers.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import { CAUSES, type Cause } from '../protocol/index.ts';
import { DEADLINE, NODE_TIMER, STATION } from './event-kind.ts';
import type { RequestTable } from './request-table.ts';
import type { Discipline, NumberedResource, Resource } from './resource.ts';

/** Something a request can hold: places, or a token pool or a lock table, for which it may wait for so long. */
export interface Gate {
  readonly holder: TokenPool | LockTable | Places;
  /** Why a request that does not get through is dropped. */
  readonly cause: number;
  readonly deadlines: DeadlineList | null;
}

/** What a deadline list is about: requests as a whole, calls over links, or those that wait at one gate. */
export type DeadlineOwner = {
  readonly list: DeadlineList;
  readonly about: 'requests' | 'calls' | number;
};

const NO_STORE: StoreLimits = { capacity: 0, eviction: 'lru', ttlMs: null, writeBack: null };

function limitsOf(store: Extract<Resource, { type: 'store' }>): StoreLimits {
  const { capacity, eviction = 'lru', ttlMs = null, writeBack = null } = store;
  return { capacity, eviction, ttlMs, writeBack };
}

const STATIONS = {
  fifo: FifoStation,
  shared: SharedStation,
  independent: IndependentStation,
  'group-commit': GroupCommit,
} satisfies Record<Discipline, new (around: StationSurroundings, jobs: Jobs) => Station>;

/** Every primitive of the run, by number. Numbers are never used twice. */
export class Resources {
  readonly stations: Station[] = [];
  readonly gates: Gate[] = [];
  readonly stores: Store[] = [];
  readonly deadlines: DeadlineOwner[] = [];
  readonly timers: Timers;
  /** Told when a pool may have become larger while jobs wait for it. */
  onRoom: () => void = () => {};
  readonly #callDeadlines = new Map<number, DeadlineList>();
  readonly #queue: EventQueue;
  readonly #requests: RequestTable;
  readonly #jobs: Jobs;
  readonly #periodMs: number;
  readonly #done: (job: number) => void;

  constructor(
    queue: EventQueue,
    requests: RequestTable,
    periodMs: number,
    done: (job: number) => void,
  ) {
    this.#queue = queue;
    this.timers = new Timers(queue, NODE_TIMER);
    this.#requests = requests;
    this.#jobs = requests.jobs;
    this.#periodMs = periodMs;
    this.#done = done;
  }

  /** Builds a declared primitive; the answer is its number among those of its type. */
  create(resource: NumberedResource, nowMs: number): number {
    const number = this.#build(resource);
    this.configure(resource, number, nowMs);
    return number;
  }

  /** Gives a primitive the figures of a new declaration. */
  configure(resource: NumberedResource, number: number, nowMs: number): void {
    switch (resource.type) {
      case 'station':
        return (this.stations[number] as Station).configure(this.stationLimit(resource), nowMs);
      case 'pool':
        return ((this.gates[number] as Gate).holder as TokenPool).configure(resource);
      case 'store':
        return (this.stores[number] as Store).configure(limitsOf(resource), nowMs);
      case 'locks':
      case 'leases':
        return;
    }
  }

  /** The limit that so many servers with so many cores make. */
  stationLimit(cpu: {
    readonly parallel: number;
    readonly cores: number;
    readonly backgroundCores?: number;
  }): StationLimit {
    const cores = cpu.cores - (cpu.backgroundCores ?? 0);
    const periodMs = this.#periodMs;
    return { parallel: cpu.parallel, quotaMs: cores * periodMs, periodMs };
  }

  /** The answer is the station's number. */
  addStation(station: Station): number {
    return this.stations.push(station) - 1;
  }

  /** The answer is the number of the gate that gives these places, or drops a request for the cause. */
  addPlaces(holder: Places, cause: Cause): number {
    return this.gates.push({ holder, cause: CAUSES.indexOf(cause), deadlines: null }) - 1;
  }

  /** Replicas without limits and without a replica; `wakeAt`: see `ReplicaSurroundings`. */
  newReplicaSet(wakeAt: (atMs: number) => void): ReplicaSet {
    const newStation = () => this.stations[this.#buildStation('fifo')] as Station;
    return new ReplicaSet({ jobs: this.#jobs, newStation, wakeAt });
  }

  /** Lets go of what a store remembers, which nothing will ask for again; its number stays taken. */
  dropStore(store: Store): void {
    this.stores[this.stores.indexOf(store)] = new Store(0, NO_STORE);
  }

  /** The time-outs of calls that may take `durationMs`. */
  callDeadlines(durationMs: number): DeadlineList {
    const list = this.#callDeadlines.get(durationMs) ?? this.deadlineList(durationMs, 'calls');
    this.#callDeadlines.set(durationMs, list);
    return list;
  }

  /** Deadlines that lie `durationMs` ahead. */
  deadlineList(durationMs: number, about: DeadlineOwner['about']): DeadlineList {
    const index = this.deadlines.length;
    const list = new DeadlineList(this.#queue, DEADLINE, index, durationMs, this.#currency(about));
    this.deadlines.push({ list, about });
    return list;
  }

  /** When a deadline counts; that of a call is for the attempts to judge. */
  #currency(about: DeadlineOwner['about']): IsCurrent | undefined {
    const requests = this.#requests;
    if (about === 'calls') return undefined;
    return about === 'requests'
      ? (row, ticket) => requests.at(row).generation === ticket
      : (row, ticket) => requests.at(row).waitTicket === ticket;
  }

  #build(resource: NumberedResource): number {
    switch (resource.type) {
      case 'station':
        return this.#buildStation(resource.discipline);
      case 'pool':
        return this.#buildGate(new TokenPool(this.#jobs), resource.cause, resource.timeoutMs);
      case 'locks':
        return this.#buildGate(new LockTable(this.#jobs), 'lock-time-out', resource.timeoutMs);
      case 'leases':
        return this.#buildGate(new LeaseTable(this.#jobs), 'lock-time-out', null);
      case 'store':
        return this.stores.push(new Store(resource.items, limitsOf(resource))) - 1;
    }
  }

  #buildStation(discipline: Discipline): number {
    const around = {
      queue: this.#queue,
      eventKind: STATION,
      index: this.stations.length,
      done: this.#done,
    };
    return this.addStation(new STATIONS[discipline](around, this.#jobs));
  }

  #buildGate(holder: TokenPool | LockTable, cause: Cause, timeoutMs: number | null): number {
    const number = this.gates.length;
    const deadlines = timeoutMs === null ? null : this.deadlineList(timeoutMs, number);
    this.gates.push({ holder, cause: CAUSES.indexOf(cause), deadlines });
    return number;
  }
}
