import type { StateHash } from '../kernel/state-hash.ts';
import type { InstanceFigures, Places } from './places.ts';
import { TimeDeque } from './time-deque.ts';

export interface InstanceLimits {
  /** Instances in use at once; more jobs are refused. */
  readonly concurrency: number;
  /** How long an idle instance is kept. */
  readonly keepAliveMs: number;
  /** How long a new instance takes to start; its job waits for that by a step of its own. */
  readonly startMs: number;
}

/**
 * Instances of a function, one job each. A job gets the idle instance that was used last (so that the
 * others run out), or a new one. What happens to idle instances is worked out when it is looked at.
 */
export class InstancePool implements Places {
  #limits: InstanceLimits;
  /** Since when each idle instance is idle. */
  readonly #idleSince = new TimeDeque();
  /** When each starting instance will have started. */
  readonly #startsEnd = new TimeDeque();
  #used = 0;
  #mostUsed = 0;
  /** Instances in use that died with their node and will not be idle. */
  #dead = 0;
  #started = 0;
  #settledMs: number;
  #windowMs: number;
  #runningArea = 0;
  #startingArea = 0;
  wasThere = false;

  /** `sinceMs`: when it begins, and with it the first window of its mean numbers. */
  constructor(limits: InstanceLimits, sinceMs: number) {
    this.#limits = limits;
    this.#settledMs = sinceMs;
    this.#windowMs = sinceMs;
  }

  get tokens(): number {
    return this.#limits.concurrency;
  }

  configure(limits: InstanceLimits, nowMs: number): void {
    this.#settle(nowMs);
    this.#limits = limits;
  }

  occupy(_job: number, nowMs: number): number {
    if (this.#used >= this.#limits.concurrency) return -1;
    this.#settle(nowMs);
    this.wasThere = this.#idleSince.length > 0;
    if (this.wasThere) this.#idleSince.pop();
    else this.#start(nowMs);
    this.#used++;
    if (this.#used > this.#mostUsed) this.#mostUsed = this.#used;
    return 0;
  }

  release(_place: number, nowMs: number): void {
    this.#settle(nowMs);
    this.#used--;
    if (this.#dead > 0) this.#dead--;
    else this.#idleSince.push(nowMs);
  }

  clear(nowMs: number): void {
    this.#settle(nowMs);
    this.#idleSince.clear();
    this.#startsEnd.clear();
    this.#dead = this.#used;
  }

  takeMostUsed(): number {
    const most = this.#mostUsed;
    this.#mostUsed = this.#used;
    return most;
  }

  takeInstances(nowMs: number): InstanceFigures {
    this.#settle(nowMs);
    const forMs = nowMs - this.#windowMs;
    const figures = {
      running: forMs > 0 ? this.#runningArea / forMs : 0,
      starting: forMs > 0 ? this.#startingArea / forMs : 0,
      limit: this.#limits.concurrency,
      started: this.#started,
    };
    this.#windowMs = nowMs;
    this.#runningArea = 0;
    this.#startingArea = 0;
    this.#started = 0;
    return figures;
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.#used);
    hash.mixInt(this.#idleSince.length);
    hash.mixFloat(this.#idleSince.length === 0 ? 0 : this.#idleSince.first);
  }

  #start(nowMs: number): void {
    this.#started++;
    this.#startsEnd.push(nowMs + this.#limits.startMs);
  }

  /** Goes through the ends of starts and of idle instances up to now, in the order of their times. */
  #settle(nowMs: number): void {
    for (;;) {
      const startedMs = this.#startsEnd.first;
      const expiryMs = this.#idleSince.first + this.#limits.keepAliveMs;
      const atMs = Math.min(startedMs, expiryMs);
      if (atMs > nowMs) break;
      this.#addAreas(Math.max(atMs, this.#settledMs));
      if (startedMs <= expiryMs) this.#startsEnd.shift();
      else this.#idleSince.shift();
    }
    this.#addAreas(nowMs);
  }

  #addAreas(untilMs: number): void {
    const forMs = untilMs - this.#settledMs;
    const starting = this.#startsEnd.length;
    const up = this.#used - this.#dead - starting + this.#idleSince.length;
    this.#runningArea += up * forMs;
    this.#startingArea += starting * forMs;
    this.#settledMs = untilMs;
  }
}
