import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { LruOrder } from './lru-order.ts';
import type { Places } from './places.ts';

export interface SessionLimits {
  /** Users among whom the jobs come, each as likely as another. */
  readonly users: number;
  /** Connections that may be open at once. */
  readonly open: number;
  /** How long a connection stays open after its user's latest job. */
  readonly idleMs: number;
}

/**
 * Long-lived connections, at most one a user. A job comes over its user's connection, which is opened
 * for it when there is none, and refused when no more may be open. Connections that have run out are
 * closed when the table is next looked at.
 */
export class SessionTable implements Places {
  #limits: SessionLimits;
  readonly #stream: RandomStream;
  /** By user: jobs under way, and since when an idle connection is idle. */
  #busy: Int32Array;
  #idle: Uint8Array;
  #idleSinceMs: Float64Array;
  #byIdleness: LruOrder;
  #open = 0;
  #mostOpen = 0;
  wasThere = false;

  constructor(limits: SessionLimits, stream: RandomStream) {
    this.#limits = limits;
    this.#stream = stream;
    this.#busy = new Int32Array(limits.users);
    this.#idle = new Uint8Array(limits.users);
    this.#idleSinceMs = new Float64Array(limits.users);
    this.#byIdleness = new LruOrder(limits.users);
  }

  get tokens(): number {
    return this.#limits.open;
  }

  /**
   * Another number of users is another crowd, whose connections open anew. Of connections for which there is no room
   * any more those go that have been idle for longest; one in use stays until its job is done.
   */
  configure(limits: SessionLimits, nowMs: number): void {
    const others = limits.users !== this.#limits.users;
    this.#limits = limits;
    if (!others) return this.#closeSurplus();
    this.#busy = new Int32Array(limits.users);
    this.#idle = new Uint8Array(limits.users);
    this.#idleSinceMs = new Float64Array(limits.users);
    this.#byIdleness = new LruOrder(limits.users);
    this.clear(nowMs);
  }

  /** The job's user, drawn from the table's own stream. */
  occupy(_job: number, nowMs: number): number {
    this.#closeIdle(nowMs);
    const user = this.#stream.nextIndex(this.#limits.users);
    this.wasThere = (this.#busy[user] as number) > 0 || this.#idle[user] === 1;
    if (!this.wasThere) {
      if (this.#open >= this.#limits.open) return -1;
      this.#open++;
      if (this.#open > this.#mostOpen) this.#mostOpen = this.#open;
    } else if (this.#idle[user] === 1) {
      this.#idle[user] = 0;
      this.#byIdleness.remove(user);
    }
    this.#busy[user] = (this.#busy[user] as number) + 1;
    return user;
  }

  release(user: number, nowMs: number): void {
    const busy = this.#busy[user] ?? 0;
    if (busy === 0) return;
    this.#busy[user] = busy - 1;
    if (busy > 1) return;
    this.#idle[user] = 1;
    this.#idleSinceMs[user] = nowMs;
    this.#byIdleness.add(user);
    this.#closeSurplus();
  }

  clear(_nowMs: number): void {
    this.#busy.fill(0);
    this.#idle.fill(0);
    this.#byIdleness.reset();
    this.#open = 0;
  }

  takeMostUsed(nowMs: number): number {
    this.#closeIdle(nowMs);
    const most = this.#mostOpen;
    this.#mostOpen = this.#open;
    return most;
  }

  takeInstances(): null {
    return null;
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.#open);
    for (const word of this.#stream.state) hash.mixInt(word | 0);
  }

  #closeIdle(nowMs: number): void {
    for (;;) {
      const user = this.#byIdleness.victim();
      if (user < 0 || (this.#idleSinceMs[user] as number) + this.#limits.idleMs > nowMs) return;
      this.#close(user);
    }
  }

  #closeSurplus(): void {
    while (this.#open > this.#limits.open) {
      const user = this.#byIdleness.victim();
      if (user < 0) return;
      this.#close(user);
    }
  }

  #close(user: number): void {
    this.#idle[user] = 0;
    this.#byIdleness.remove(user);
    this.#open--;
  }
}
