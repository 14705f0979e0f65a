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

/** A series that is kept: `total` grows through restarts of what it counts, from nothing at its first sample if that is not known to be all of it. */
interface Kept {
  /** Between two samples, as long as it changes. */
  readonly intervalMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: { atMs: number; value: number; total: number }[];
}

export const SCRAPE_INTERVAL_MS = 1_000;
/** Time between two writes of k6; only what has changed is written. */
export const PUSH_INTERVAL_MS = 250;
/** Scrapes and writes may be so many intervals apart. */
const JITTER = 1.5;
/** What k6 writes next may have grown since so long before: until then an instant's totals may still change. */
export const SETTLED_AFTER_MS = PUSH_INTERVAL_MS * JITTER;
/** An older value says nothing about an instant. */
const MOST_AGE_MS = 3 * SCRAPE_INTERVAL_MS;
/** Points older than this before the newest are forgotten, all but one. */
const KEPT_MS = 60_000;

/** Raw samples of many series, gathered over time, and what they say about any instant. */
export class SeriesStore {
  readonly #series = new Map<string, Kept>();
  readonly #byName = new Map<string, Kept[]>();
  /** When each target was first scraped, by its label `node`. */
  readonly #firstTold = new Map<string, number>();

  /** Samples that are known already are passed over. */
  add(all: readonly Series[]): void {
    for (const { labels, samples } of all) this.#noteTarget(labels.node, samples[0]);
    for (const { name, labels, samples } of all) {
      const kept = this.#kept(name, labels);
      const fromNothing = this.#beginsAtNothing(name, labels.node, samples[0]);
      for (const sample of samples) addPoint(kept, sample, fromNothing);
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
    maxAgeMs = MOST_AGE_MS,
  ): number | null {
    return this.#valuesAt(name, labels, atMs, maxAgeMs)[0] ?? null;
  }

  /** The newest values of all series with these labels, added up. */
  sumAt(name: string, labels: Readonly<Record<string, string>>, atMs: number): number {
    const values = this.#valuesAt(name, labels, atMs, MOST_AGE_MS);
    return values.reduce((sum, value) => sum + value, 0);
  }

  /** Whether there is a sample between two instants, both included. */
  isTold(
    name: string,
    labels: Readonly<Record<string, string>>,
    fromMs: number,
    toMs: number,
  ): boolean {
    return this.#matching(name, labels).some(({ points }) =>
      points.some((point) => fromMs <= point.atMs && point.atMs <= toMs),
    );
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
      newestMs: kept.points.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY,
    }));
  }

  #valuesAt(
    name: string,
    labels: Readonly<Record<string, string>>,
    atMs: number,
    maxAgeMs: number,
  ): number[] {
    return this.#matching(name, labels).flatMap(({ points }) => {
      const point = points.findLast((candidate) => candidate.atMs <= atMs);
      return point !== undefined && atMs - point.atMs <= maxAgeMs ? point.value : [];
    });
  }

  #noteTarget(node = '', first: Sample | undefined): void {
    if (first === undefined) return;
    const known = this.#firstTold.get(node) ?? Number.POSITIVE_INFINITY;
    this.#firstTold.set(node, Math.min(known, first.atMs));
  }

  /** What k6 writes, and what comes up in a later scrape, is counted from its beginning; what the first scrape tells is older. */
  #beginsAtNothing(name: string, node = '', first: Sample | undefined): boolean {
    return isWritten(name) || (first?.atMs ?? 0) > (this.#firstTold.get(node) ?? 0);
  }

  #matching(name: string, labels: Readonly<Record<string, string>>): Kept[] {
    const wanted = Object.entries(labels);
    return (this.#byName.get(name) ?? []).filter((kept) =>
      wanted.every(([key, value]) => kept.labels[key] === value),
    );
  }

  #kept(name: string, labels: Readonly<Record<string, string>>): Kept {
    const key = JSON.stringify([name, Object.entries(labels).sort()]);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const intervalMs = isWritten(name) ? PUSH_INTERVAL_MS : SCRAPE_INTERVAL_MS;
    const kept: Kept = { intervalMs, labels, points: [] };
    this.#series.set(key, kept);
    const namesakes = this.#byName.get(name);
    if (namesakes === undefined) this.#byName.set(name, [kept]);
    else namesakes.push(kept);
    return kept;
  }
}

/** By k6; all else is scraped. */
const isWritten = (name: string) => name.startsWith('k6_');

function addPoint({ points }: Kept, { atMs, value }: Sample, fromNothing: boolean): void {
  const last = points.at(-1);
  if (last === undefined) {
    points.push({ atMs, value, total: fromNothing ? value : 0 });
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
 * A counter between its samples, on straight lines: to its first sample it grew within one interval,
 * after its last it stands. Where samples are more than an interval apart nothing was told
 * because nothing happened, so that it grew in the last interval.
 */
function totalAt({ points, intervalMs }: Kept, atMs: number): number {
  const next = points.findIndex((point) => point.atMs >= atMs);
  if (next === -1) return points.at(-1)?.total ?? 0;
  const after = points[next] as Kept['points'][number];
  const before = points[next - 1] ?? { atMs: after.atMs - intervalMs, total: 0 };
  const fromMs = Math.max(before.atMs, after.atMs - JITTER * intervalMs);
  if (atMs <= fromMs) return before.total;
  return before.total + ((after.total - before.total) * (atMs - fromMs)) / (after.atMs - fromMs);
}
