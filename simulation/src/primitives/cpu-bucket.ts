import { ROUNDING_MS } from './station.ts';

/**
 * A CPU limit as the kernel of a container host enforces it (cgroup `cpu.max`): `quotaMs` of CPU time
 * may be used in each period of `periodMs`; what runs out of it stands still until the next period.
 * A burst runs at full speed while there is quota, so half a core is not a core at half speed.
 * One burst at a time: a bucket belongs to one server.
 */
export class CpuBucket {
  #quotaMs = 0;
  #periodMs = 1;
  #period = -1;
  #usedMs = 0;
  /** The latest burst and the bucket as it was when that began. */
  #startMs = 0;
  #demandMs = 0;
  #startQuotaMs = 0;
  #startPeriod = -1;
  #startUsedMs = 0;

  configure(quotaMs: number, periodMs: number): void {
    this.#quotaMs = quotaMs;
    this.#periodMs = periodMs;
  }

  /** When a burst that starts now has had its CPU time; a later quota is for the bursts after it. */
  spend(startMs: number, demandMs: number): number {
    this.#startMs = startMs;
    this.#demandMs = demandMs;
    this.#startQuotaMs = this.#quotaMs;
    if (this.#quotaMs >= this.#periodMs) return startMs + demandMs;
    this.#startPeriod = this.#period;
    this.#startUsedMs = this.#usedMs;
    return this.#run(Number.POSITIVE_INFINITY);
  }

  /** CPU time that the latest burst has had by `untilMs`, at most its demand. */
  usedBy(untilMs: number): number {
    if (this.#startQuotaMs >= this.#periodMs) {
      return Math.min(this.#demandMs, untilMs - this.#startMs);
    }
    const probe = new CpuBucket();
    probe.#quotaMs = this.#startQuotaMs;
    probe.#periodMs = this.#periodMs;
    probe.#period = this.#startPeriod;
    probe.#usedMs = this.#startUsedMs;
    probe.#startMs = this.#startMs;
    probe.#demandMs = this.#demandMs;
    probe.#run(untilMs);
    return probe.#demandMs;
  }

  /** Runs the burst until it is done or `untilMs`; leaves the CPU time it got in `#demandMs`. */
  #run(untilMs: number): number {
    let now = this.#startMs;
    let left = this.#demandMs;
    const period = Math.floor(now / this.#periodMs);
    if (period !== this.#period) {
      this.#period = period;
      this.#usedMs = 0;
    }
    for (;;) {
      const boundaryMs = (this.#period + 1) * this.#periodMs;
      const quotaMs = Math.max(0, this.#quotaMs - this.#usedMs);
      const stretch = Math.min(left, quotaMs, boundaryMs - now, untilMs - now);
      now += stretch;
      left -= stretch;
      this.#usedMs += stretch;
      if (left <= ROUNDING_MS || now >= untilMs) break;
      this.#period++;
      this.#usedMs = 0;
      now = Math.min(boundaryMs, untilMs);
    }
    this.#demandMs -= left;
    return now;
  }
}
