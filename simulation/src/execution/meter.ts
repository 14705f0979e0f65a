import { LatencyHistogram } from '../kernel/histogram.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { CAUSES, type Cause, LATENCY_BOUNDS_MS, type Latency } from '../protocol/index.ts';

/** Counts what passes through a node (or through the whole service) in the present window. */
export class Meter {
  offered = 0;
  served = 0;
  good = 0;
  inFlight = 0;
  readonly errors = new Float64Array(CAUSES.length);
  readonly latency = new LatencyHistogram();
  /** Over the whole run, for Little's law and the state hash. */
  everOffered = 0;
  everServed = 0;
  everFailed = 0;
  everLatencyMs = 0;
  #area = 0;
  #areaAtMs = 0;

  arrive(nowMs: number): void {
    this.#settle(nowMs);
    this.offered++;
    this.everOffered++;
    this.inFlight++;
  }

  serve(latencyMs: number, good: boolean, nowMs: number): void {
    this.#settle(nowMs);
    this.inFlight--;
    this.served++;
    this.everServed++;
    if (good) this.good++;
    this.latency.record(latencyMs);
    this.everLatencyMs += latencyMs;
  }

  /** `latencyMs`: how long the request was here before it failed. */
  fail(cause: number, latencyMs: number, nowMs: number): void {
    this.#settle(nowMs);
    this.inFlight--;
    this.everFailed++;
    this.everLatencyMs += latencyMs;
    this.errors[cause] = (this.errors[cause] as number) + 1;
  }

  /** Integral of requests in flight over time since the beginning, in request-milliseconds. */
  inFlightArea(nowMs: number): number {
    this.#settle(nowMs);
    return this.#area;
  }

  errorsByCause(): Partial<Record<Cause, number>> {
    const errors: Partial<Record<Cause, number>> = {};
    CAUSES.forEach((cause, i) => {
      const count = this.errors[i] as number;
      if (count > 0) errors[cause] = count;
    });
    return errors;
  }

  latencyRow(): Latency {
    return {
      count: this.latency.count,
      sumMs: this.latency.sumMs,
      bucketCounts: this.latency.bucketCounts(LATENCY_BOUNDS_MS),
      p50Ms: this.latency.percentileMs(0.5),
      p95Ms: this.latency.percentileMs(0.95),
      p99Ms: this.latency.percentileMs(0.99),
    };
  }

  /** Begins the next window; what is in flight stays. */
  nextWindow(): void {
    this.offered = 0;
    this.served = 0;
    this.good = 0;
    this.errors.fill(0);
    this.latency.reset();
  }

  mixInto(hash: StateHash): void {
    hash.mixFloat(this.everOffered);
    hash.mixFloat(this.everServed);
    hash.mixFloat(this.everFailed);
    hash.mixFloat(this.everLatencyMs);
    hash.mixInt(this.inFlight);
  }

  #settle(nowMs: number): void {
    this.#area += this.inFlight * (nowMs - this.#areaAtMs);
    this.#areaAtMs = nowMs;
  }
}
