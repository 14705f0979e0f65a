import {
  CAUSES,
  type Cause,
  LATENCY_BOUNDS_MS,
  type Measurement,
  percentileFromBuckets,
  type RunTotals,
  type Scenario,
  throughputPerSecond,
} from '../protocol/index.ts';
import type { Economy } from './economy.ts';
import { isUp } from './objectives.ts';

const THROUGHPUT_SECONDS = 5;

/** Sums over the end-to-end rows of a run. */
export class Totals {
  #offered = 0;
  #served = 0;
  #good = 0;
  #latencySumMs = 0;
  #seconds = 0;
  #secondsUp = 0;
  #maxThroughput = 0;
  #maxUsers = 0;
  readonly #errors = new Map<Cause, number>();
  readonly #buckets: number[] = LATENCY_BOUNDS_MS.map(() => 0).concat(0);
  readonly #latest: number[] = [];

  add(row: Measurement, users: number, scenario: Scenario): void {
    this.#offered += row.offered;
    this.#served += row.served;
    this.#good += row.good;
    this.#latencySumMs += row.latency.sumMs;
    row.latency.bucketCounts.forEach((count, i) => {
      this.#buckets[i] = (this.#buckets[i] ?? 0) + count;
    });
    for (const cause of CAUSES) {
      const count = row.errors[cause] ?? 0;
      if (count > 0) this.#errors.set(cause, (this.#errors.get(cause) ?? 0) + count);
    }
    this.#seconds++;
    if (isUp(row, scenario.objective)) this.#secondsUp++;
    this.#maxUsers = Math.max(this.#maxUsers, users);
    this.#addThroughput(throughputPerSecond(row));
  }

  of(economy: Economy): RunTotals {
    const percentile = (q: number) => percentileFromBuckets(this.#buckets, q);
    return {
      offered: this.#offered,
      served: this.#served,
      good: this.#good,
      errors: Object.fromEntries(this.#errors),
      meanLatencyMs: this.#served === 0 ? null : this.#latencySumMs / this.#served,
      p50LatencyMs: percentile(0.5),
      p95LatencyMs: percentile(0.95),
      p99LatencyMs: percentile(0.99),
      maxThroughputPerSecond: this.#maxThroughput,
      maxUsers: this.#maxUsers,
      uptimeRatio: this.#seconds === 0 ? 1 : this.#secondsUp / this.#seconds,
      spentOnBuilding: economy.spentOnBuilding,
      spentOnRunning: economy.spentOnRunning,
      refunded: economy.refunded,
      earned: economy.earned,
    };
  }

  #addThroughput(perSecond: number): void {
    this.#latest.push(perSecond);
    if (this.#latest.length > THROUGHPUT_SECONDS) this.#latest.shift();
    if (this.#latest.length < THROUGHPUT_SECONDS) return;
    const mean = this.#latest.reduce((sum, value) => sum + value, 0) / THROUGHPUT_SECONDS;
    this.#maxThroughput = Math.max(this.#maxThroughput, mean);
  }
}
