import type {
  Ending,
  Rank,
  Result,
  RunTotals,
  Scenario,
  ScorePart,
  ScorePartName,
} from '../protocol/index.ts';

const POINTS_EACH = 20;

/** Least points of each rank. */
const RANKS: readonly (readonly [Rank, number])[] = [
  ['S', 95],
  ['A', 85],
  ['B', 70],
  ['C', 55],
  ['D', 40],
];

/** A lost stage earns no rank above D. */
const LOST_AT_MOST = 54;

/** The verdict on a stage that has ended: five parts of twenty points. */
export function scoreOf(ending: Ending, totals: RunTotals, scenario: Scenario): Result {
  const { scoring } = scenario;
  const thousands = totals.good / 1000;
  const costPerThousand =
    thousands === 0 ? Number.POSITIVE_INFINITY : totals.spentOnRunning / thousands;
  const parts = [
    atLeast('throughput', totals.maxThroughputPerSecond, scoring.throughputPerSecond),
    atMost('mean-latency', totals.meanLatencyMs, scoring.meanLatencyMs, 4),
    atMost('p95-latency', totals.p95LatencyMs, scoring.p95LatencyMs, 4),
    uptime(totals.uptimeRatio),
    atMost(
      'cost',
      Number.isFinite(costPerThousand) ? costPerThousand : null,
      scoring.costPerThousand,
      1.4,
    ),
  ];
  const sum = tenths(parts.reduce((points, part) => points + part.points, 0));
  const points = ending === 'won' ? sum : Math.min(sum, LOST_AT_MOST);
  return { ending, rank: rankOf(points, ending), points, parts, totals };
}

function rankOf(points: number, ending: Ending): Rank {
  if (ending !== 'won') return points >= 40 ? 'D' : 'F';
  return RANKS.find(([, least]) => points >= least)?.[0] ?? 'F';
}

/** Full points from the target on, in proportion below it. */
function atLeast(part: ScorePartName, value: number, target: number): ScorePart {
  const share = target === 0 ? 1 : Math.min(1, value / target);
  return scored(part, value, target, share);
}

/** Full points up to the target, none from `limit` times the target on. */
function atMost(
  part: ScorePartName,
  value: number | null,
  target: number,
  limit: number,
): ScorePart {
  if (value === null) return scored(part, 0, target, 0);
  const share = target === 0 ? 0 : 1 - (value / target - 1) / (limit - 1);
  return scored(part, value, target, Math.max(0, Math.min(1, share)));
}

/** Full points for 99.9 % of the seconds, none for 90 % or less. */
function uptime(ratio: number): ScorePart {
  const target = 0.999;
  return scored('uptime', ratio, target, Math.max(0, Math.min(1, (ratio - 0.9) / (target - 0.9))));
}

function tenths(points: number): number {
  return Math.round(points * 10) / 10;
}

function scored(part: ScorePartName, value: number, target: number, share: number): ScorePart {
  const points = tenths(share * POINTS_EACH);
  return { part, value, target, points, maxPoints: POINTS_EACH };
}
