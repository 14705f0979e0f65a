/** A sample of one series: Unix ms and value. */
export interface Sample {
  readonly atMs: number;
  readonly value: number;
}

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
}

/** A series that is kept: `total` grows through restarts of what it counts. */
interface Kept {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: { atMs: number; value: number; total: number }[];
}

/** Time between two scrapes, and between two writes of k6. */
const INTERVAL_MS = 1_000;
/** Points older than this before the newest are forgotten, all but one. */
const KEPT_MS = 60_000;

/** Raw samples of many series, gathered over time, and what they say about any instant. */
export class SeriesStore {
  readonly #series = new Map<string, Kept>();

  /** Samples that are known already are passed over. */
  add(all: readonly Series[]): void {
    for (const { name, labels, samples } of all) {
      const kept = this.#kept(name, labels);
      for (const sample of samples) addPoint(kept, sample);
      forgetOld(kept);
    }
  }

  /** How much the counters with these labels grew between two instants, added up. */
  increase(
    name: string,
    labels: Readonly<Record<string, string>>,
    fromMs: number,
    toMs: number,
  ): number {
    let sum = 0;
    for (const series of this.select(name, labels)) {
      sum += series.totalAt(toMs) - series.totalAt(fromMs);
    }
    return sum;
  }

  /** The newest value at or before an instant, not older than `maxAgeMs`; null without one. */
  valueAt(
    name: string,
    labels: Readonly<Record<string, string>>,
    atMs: number,
    maxAgeMs = 3 * INTERVAL_MS,
  ): number | null {
    for (const { points } of this.#matching(name, labels)) {
      const point = points.findLast((candidate) => candidate.atMs <= atMs);
      if (point !== undefined && atMs - point.atMs <= maxAgeMs) return point.value;
    }
    return null;
  }

  /** Time of the newest sample with these labels; minus infinity without any. */
  newest(name: string, labels: Readonly<Record<string, string>>): number {
    let newest = Number.NEGATIVE_INFINITY;
    for (const { points } of this.#matching(name, labels)) {
      newest = Math.max(newest, points.at(-1)?.atMs ?? newest);
    }
    return newest;
  }

  select(name: string, labels: Readonly<Record<string, string>>) {
    return this.#matching(name, labels).map((kept) => ({
      labels: kept.labels,
      totalAt: (atMs: number) => totalAt(kept, atMs),
    }));
  }

  #matching(name: string, labels: Readonly<Record<string, string>>): Kept[] {
    const wanted = Object.entries(labels);
    return [...this.#series.values()].filter(
      (kept) => kept.name === name && wanted.every(([key, value]) => kept.labels[key] === value),
    );
  }

  #kept(name: string, labels: Readonly<Record<string, string>>): Kept {
    const key = JSON.stringify([name, Object.entries(labels).sort()]);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const kept: Kept = { name, labels, points: [] };
    this.#series.set(key, kept);
    return kept;
  }
}

function addPoint({ points }: Kept, { atMs, value }: Sample): void {
  const last = points.at(-1);
  if (last === undefined) {
    points.push({ atMs, value, total: value });
  } else if (atMs > last.atMs) {
    const grown = value < last.value ? value : value - last.value;
    points.push({ atMs, value, total: last.total + grown });
  }
}

function forgetOld({ points }: Kept): void {
  const oldest = (points.at(-1)?.atMs ?? 0) - KEPT_MS;
  const known = points.findLastIndex((point) => point.atMs <= oldest);
  if (known > 0) points.splice(0, known);
}

/**
 * A counter between its samples, on straight lines: before its first sample it grew from nothing within
 * one interval, after its last it stands. Where samples are more than an interval apart nothing was told
 * because nothing happened, so that it grew in the last interval.
 */
function totalAt({ points }: Kept, atMs: number): number {
  const next = points.findIndex((point) => point.atMs >= atMs);
  if (next === -1) return points.at(-1)?.total ?? 0;
  const after = points[next] as Kept['points'][number];
  const before = points[next - 1];
  const fromTotal = before?.total ?? 0;
  const fromMs = Math.max(before?.atMs ?? Number.NEGATIVE_INFINITY, after.atMs - 1.5 * INTERVAL_MS);
  if (atMs <= fromMs) return fromTotal;
  return fromTotal + ((after.total - fromTotal) * (atMs - fromMs)) / (after.atMs - fromMs);
}
