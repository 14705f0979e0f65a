import { bucketEnds, LatencyHistogram } from '../kernel/histogram.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { CAUSES, type Cause, LATENCY_BOUNDS_MS, type Latency } from '../protocol/index.ts';

const LATENCY_BUCKET_ENDS = bucketEnds(LATENCY_BOUNDS_MS);

/** Counts what passes through a node (or through the whole service) in the present window. */
export class Meter {
  offered = 0;
  good = 0;
  inFlight = 0;
  readonly errors = new Float64Array(CAUSES.length);
  readonly latency = new LatencyHistogram();
  /** Over the whole run, for Little's law and the state hash. */
  everFailed = 0;
  everLatencyMs = 0;
  /** Before the present window. */
  #offeredBefore = 0;
  #servedBefore = 0;
  #area = 0;
  #areaAtMs = 0;

  get served(): number {
    return this.latency.count;
  }

  get everOffered(): number {
    return this.#offeredBefore + this.offered;
  }

  get everServed(): number {
    return this.#servedBefore + this.served;
  }

  arrive(nowMs: number): void {
    this.#settle(nowMs);
    this.offered++;
    this.inFlight++;
  }

  serve(latencyMs: number, good: boolean, nowMs: number): void {
    this.#settle(nowMs);
    this.inFlight--;
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
    const { latency } = this;
    const [p50Ms = null, p95Ms = null, p99Ms = null] = latency.percentilesMs([0.5, 0.95, 0.99]);
    return {
      count: latency.count,
      sumMs: latency.sumMs,
      bucketCounts: latency.bucketCounts(LATENCY_BUCKET_ENDS),
      ...{ p50Ms, p95Ms, p99Ms },
    };
  }

  /** Begins the next window; what is in flight stays. */
  nextWindow(): void {
    this.#offeredBefore += this.offered;
    this.#servedBefore += this.served;
    this.offered = 0;
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
