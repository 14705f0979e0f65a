import { describe, expect, it } from 'vitest';
import type { RunTotals, ScorePartName } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { scoreOf } from './scoring.ts';

const { scoring } = helloWorld;

/** A run that reaches every target exactly. */
const perfect: RunTotals = {
  offered: 1_000,
  served: 1_000,
  good: 1_000,
  errors: {},
  meanLatencyMs: scoring.meanLatencyMs,
  p50LatencyMs: 10,
  p95LatencyMs: scoring.p95LatencyMs,
  p99LatencyMs: 300,
  maxThroughputPerSecond: scoring.throughputPerSecond,
  maxUsers: 500,
  uptimeRatio: 1,
  spentOnBuilding: 100,
  spentOnRunning: scoring.costPerThousand,
  refunded: 0,
  earned: 10,
};

const score = (changed: Partial<RunTotals>, ending: 'won' | 'service-down' | 'bankrupt' = 'won') =>
  scoreOf(ending, { ...perfect, ...changed }, helloWorld);

function pointsOf(part: ScorePartName, changed: Partial<RunTotals>): number | undefined {
  return score(changed).parts.find((other) => other.part === part)?.points;
}

describe('the score', () => {
  it('is a hundred points and rank S for a run that reaches every target', () => {
    expect(score({})).toMatchObject({ points: 100, rank: 'S', ending: 'won' });
    expect(score({}).parts.map(({ part, points }) => [part, points])).toEqual([
      ['throughput', 20],
      ['mean-latency', 20],
      ['p95-latency', 20],
      ['uptime', 20],
      ['cost', 20],
    ]);
  });

  it('gives no more than the full part for more than the target', () => {
    expect(
      score({ maxThroughputPerSecond: 1e6, meanLatencyMs: 1, p95LatencyMs: 1, spentOnRunning: 0 })
        .points,
    ).toBe(100);
  });

  it.each<[ScorePartName, keyof RunTotals, number, number]>([
    ['throughput', 'maxThroughputPerSecond', scoring.throughputPerSecond / 2, 10],
    ['throughput', 'maxThroughputPerSecond', 0, 0],
    ['mean-latency', 'meanLatencyMs', scoring.meanLatencyMs * 2.5, 10],
    ['mean-latency', 'meanLatencyMs', scoring.meanLatencyMs * 4, 0],
    ['p95-latency', 'p95LatencyMs', scoring.p95LatencyMs * 2.5, 10],
    ['p95-latency', 'p95LatencyMs', scoring.p95LatencyMs * 40, 0],
    ['uptime', 'uptimeRatio', 0.9495, 10],
    ['uptime', 'uptimeRatio', 0.9, 0],
    ['uptime', 'uptimeRatio', 0.2, 0],
    ['cost', 'spentOnRunning', scoring.costPerThousand * 1.2, 10],
    ['cost', 'spentOnRunning', scoring.costPerThousand * 1.4, 0],
  ])('gives %s for %s = %d: %d points', (part, total, value, points) => {
    expect(pointsOf(part, { [total]: value })).toBe(points);
  });

  it('gives nothing for what a run without requests cannot show', () => {
    const idle = { good: 0, served: 0, meanLatencyMs: null, p95LatencyMs: null };
    const parts = score(idle).parts.filter(({ points }) => points === 0);
    expect(parts.map(({ part }) => part)).toEqual(['mean-latency', 'p95-latency', 'cost']);
    expect(parts.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it.each([
    [1, 'S'],
    [0.76, 'S'],
    [0.7, 'A'],
    [0.3, 'A'],
    [0.2, 'B'],
  ])('has a rank by its points: %d of the throughput is %s', (share, rank) => {
    const maxThroughputPerSecond = scoring.throughputPerSecond * share;
    expect(score({ maxThroughputPerSecond }).rank).toBe(rank);
  });

  it('goes down to F', () => {
    const bad = { maxThroughputPerSecond: 0, meanLatencyMs: null, p95LatencyMs: null };
    expect(score({ maxThroughputPerSecond: 0, meanLatencyMs: null }).rank).toBe('C');
    expect(score(bad).rank).toBe('D');
    expect(score({ ...bad, uptimeRatio: 0 }).rank).toBe('F');
  });

  it('lets no lost stage above D, however good it was', () => {
    expect(score({}, 'bankrupt')).toMatchObject({ rank: 'D', points: 54, ending: 'bankrupt' });
    const poor = {
      maxThroughputPerSecond: 0,
      meanLatencyMs: null,
      p95LatencyMs: null,
      uptimeRatio: 0.9,
    };
    expect(score(poor, 'service-down')).toMatchObject({ rank: 'F', points: 20 });
  });

  it('loses no rank to rounding', () => {
    // 14.2 + 10 + 10.7 + 12.7 + 7.4 is 54.99999999999999 in binary.
    const totals = {
      maxThroughputPerSecond: scoring.throughputPerSecond * 0.71,
      meanLatencyMs: scoring.meanLatencyMs * 2.5,
      p95LatencyMs: scoring.p95LatencyMs * (1 + 3 * (1 - 0.535)),
      uptimeRatio: 0.9 + 0.099 * 0.635,
      spentOnRunning: scoring.costPerThousand * (1 + 0.4 * (1 - 0.37)),
    };
    expect(score(totals).parts.map(({ points }) => points)).toEqual([14.2, 10, 10.7, 12.7, 7.4]);
    expect(score(totals)).toMatchObject({ points: 55, rank: 'C' });
  });
});
