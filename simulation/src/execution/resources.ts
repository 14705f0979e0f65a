import type { EventQueue } from '../kernel/event-queue.ts';
import { DeadlineList } from '../primitives/deadline-list.ts';
import { FifoStation } from '../primitives/fifo-station.ts';
import type { Jobs } from '../primitives/jobs.ts';
import { LockTable } from '../primitives/lock-table.ts';
import { LruStore } from '../primitives/lru-store.ts';
import { SharedStation } from '../primitives/shared-station.ts';
import type { Station } from '../primitives/station.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import { CAUSES, type Cause } from '../protocol/index.ts';
import { DEADLINE, STATION } from './event-kind.ts';
import type { Resource } from './resource.ts';

/** Something a request can wait for and hold: a token pool or a lock table, with the limit on the wait. */
export interface Gate {
  readonly holder: TokenPool | LockTable;
  /** Why a request that does not get through is dropped. */
  readonly cause: number;
  readonly deadlines: DeadlineList | null;
}

/** What a deadline list is about: requests as a whole, or those that wait at one gate. */
export type DeadlineOwner = { readonly list: DeadlineList; readonly gate: number | null };

/** Every primitive of the run, by number. Numbers are never used twice. */
export class Resources {
  readonly stations: Station[] = [];
  readonly gates: Gate[] = [];
  readonly stores: LruStore[] = [];
  readonly deadlines: DeadlineOwner[] = [];
  readonly #queue: EventQueue;
  readonly #jobs: Jobs;
  readonly #periodMs: number;
  readonly #done: (job: number) => void;

  constructor(queue: EventQueue, jobs: Jobs, periodMs: number, done: (job: number) => void) {
    this.#queue = queue;
    this.#jobs = jobs;
    this.#periodMs = periodMs;
    this.#done = done;
  }

  /** Builds a declared primitive; the answer is its number among those of its type. */
  create(resource: Resource, nowMs: number): number {
    const number = this.#build(resource);
    this.configure(resource, number, nowMs);
    return number;
  }

  /** Gives a primitive the figures of a new declaration. */
  configure(resource: Resource, number: number, nowMs: number): void {
    switch (resource.type) {
      case 'station':
        return (this.stations[number] as Station).configure(
          {
            parallel: resource.parallel,
            quotaMs: resource.cores * this.#periodMs,
            periodMs: this.#periodMs,
          },
          nowMs,
        );
      case 'pool':
        return ((this.gates[number] as Gate).holder as TokenPool).configure(resource);
      case 'store':
        (this.stores[number] as LruStore).capacity = resource.capacity;
        return;
      case 'locks':
        return;
    }
  }

  /** Lets go of what a store remembers, which nothing will ask for again; its number stays taken. */
  dropStore(store: LruStore): void {
    this.stores[this.stores.indexOf(store)] = new LruStore(0, 0);
  }

  /** Deadlines that lie `durationMs` ahead, for whole requests or for those that wait at a gate. */
  deadlineList(durationMs: number, gate: number | null): DeadlineList {
    const list = new DeadlineList(this.#queue, DEADLINE, this.deadlines.length, durationMs);
    this.deadlines.push({ list, gate });
    return list;
  }

  #build(resource: Resource): number {
    switch (resource.type) {
      case 'station':
        return this.#buildStation(resource.discipline);
      case 'pool':
        return this.#buildGate(new TokenPool(this.#jobs), resource.cause, resource.timeoutMs);
      case 'locks':
        return this.#buildGate(new LockTable(this.#jobs), 'lock-time-out', resource.timeoutMs);
      case 'store':
        return this.stores.push(new LruStore(resource.items, resource.capacity)) - 1;
    }
  }

  #buildStation(discipline: 'fifo' | 'shared'): number {
    const around = {
      queue: this.#queue,
      eventKind: STATION,
      index: this.stations.length,
      done: this.#done,
    };
    return (
      this.stations.push(
        discipline === 'fifo'
          ? new FifoStation(around, this.#jobs)
          : new SharedStation(around, this.#jobs),
      ) - 1
    );
  }

  #buildGate(holder: TokenPool | LockTable, cause: Cause, timeoutMs: number | null): number {
    const number = this.gates.length;
    const deadlines = timeoutMs === null ? null : this.deadlineList(timeoutMs, number);
    this.gates.push({ holder, cause: CAUSES.indexOf(cause), deadlines });
    return number;
  }
}
