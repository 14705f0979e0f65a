import type { Judge, Measurement, Profile } from './protocol/index.ts';

/** How a run goes on while the same topology also runs for real. */
export interface RealCourse {
  /** Demands of the machine that the containers run on. */
  readonly profile: Profile;
  /** CPU limits and load are divided by this, a whole number of at least 1; the rules see the full-size service. */
  readonly scale: number;
  readonly judge: Judge;
  /** The load that is really offered in the second that begins then, in requests a second. */
  loadAt(atSeconds: number): number;
}

/** What is real in a run: the load that is offered, and the windows that the rules read. */
export class Reality {
  judge: Judge;
  readonly #course: RealCourse;
  #measured: Measurement[] = [];

  constructor(course: RealCourse) {
    this.judge = course.judge;
    this.#course = course;
  }

  loadAt(atSeconds: number): number {
    return this.#course.loadAt(atSeconds);
  }

  /** A measured end-to-end row; it counts in the second in which it comes. */
  add(row: Measurement): void {
    this.#measured.push(row);
  }

  /** The window that a second is judged by: the predicted one, or all that was measured since the last call. */
  judged(predicted: Measurement): Measurement {
    const measured = this.#measured;
    this.#measured = [];
    const rows = this.judge === 'prediction' ? [predicted] : measured;
    return rows.reduce(
      (sum, row) => withCounts(sum, row, this.#course.scale),
      emptied(predicted, this.judge),
    );
  }
}

function emptied(row: Measurement, judge: Judge): Measurement {
  return {
    ...row,
    source: judge === 'reality' ? 'measured' : 'predicted',
    offered: 0,
    served: 0,
    good: 0,
    goodByClass: {},
    errors: {},
    inFlight: 0,
    latency: {
      ...row.latency,
      count: 0,
      sumMs: 0,
      bucketCounts: row.latency.bucketCounts.map(() => 0),
    },
  };
}

/** `sum` with the counts of `row`, `scale` times. */
function withCounts(sum: Measurement, row: Measurement, scale: number): Measurement {
  const { latency } = row;
  return {
    ...sum,
    offered: sum.offered + row.offered * scale,
    served: sum.served + row.served * scale,
    good: sum.good + row.good * scale,
    goodByClass: added(sum.goodByClass ?? {}, row.goodByClass ?? {}, scale),
    errors: added(sum.errors, row.errors, scale),
    inFlight: row.inFlight * scale,
    latency: {
      ...latency,
      count: sum.latency.count + latency.count * scale,
      sumMs: sum.latency.sumMs + latency.sumMs * scale,
      bucketCounts: sum.latency.bucketCounts.map(
        (count, i) => count + (latency.bucketCounts[i] ?? 0) * scale,
      ),
    },
  };
}

function added<K extends string>(
  sums: Readonly<Partial<Record<K, number>>>,
  counts: Readonly<Partial<Record<K, number>>>,
  scale: number,
): Record<K, number> {
  const total = { ...sums } as Record<K, number>;
  for (const key of Object.keys(counts) as K[]) {
    total[key] = (total[key] ?? 0) + (counts[key] ?? 0) * scale;
  }
  return total;
}
