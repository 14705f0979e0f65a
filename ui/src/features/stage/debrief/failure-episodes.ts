import {
  CAUSES,
  type Cause,
  errorCount,
  errorRatio,
  type Measurement,
  type NodeId,
} from '@project-devops/simulation/protocol';

/** Seconds without an error after which the next error begins a new episode. */
const QUIET_SECONDS = 5;

/** One spell in which requests were lost, and what took most of them. */
export interface FailureEpisode {
  readonly startMs: number;
  readonly endMs: number;
  /** The node that dropped most requests itself; null when none of the known nodes did. */
  readonly node: NodeId | null;
  readonly cause: Cause;
  /** Requests the clients lost in the spell. */
  readonly lost: number;
  /** Seconds of the spell in which the error ratio was above the stage's limit. */
  readonly secondsOverLimit: number;
}

interface Culprit {
  readonly node: NodeId | null;
  readonly cause: Cause;
}

/** Groups of windows with errors, in order; windows apart by less than the quiet time stay together. */
function spells(rows: readonly Measurement[]): Measurement[][] {
  const groups: Measurement[][] = [];
  for (const row of rows) {
    if (errorCount(row.errors) === 0) continue;
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && row.startMs - last.endMs < QUIET_SECONDS * 1000) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

function countByCause(rows: readonly Measurement[], startMs: number, endMs: number) {
  const counts = new Map<Cause, number>();
  for (const row of rows) {
    if (row.startMs < startMs || row.endMs > endMs) continue;
    for (const cause of CAUSES) {
      const count = row.errors[cause] ?? 0;
      if (count > 0) counts.set(cause, (counts.get(cause) ?? 0) + count);
    }
  }
  return counts;
}

/** The node and cause behind most drops of a spell; `dependency-failed` only tells of another node. */
function worstNode(
  nodeRows: ReadonlyMap<NodeId, readonly Measurement[]>,
  startMs: number,
  endMs: number,
): Culprit | null {
  let worst: (Culprit & { readonly count: number }) | null = null;
  for (const [node, rows] of nodeRows) {
    for (const [cause, count] of countByCause(rows, startMs, endMs)) {
      if (cause === 'dependency-failed') continue;
      if (worst === null || count > worst.count) worst = { node, cause, count };
    }
  }
  return worst;
}

/** What the clients saw most of, when no node owns up. */
function worstSeen(rows: readonly Measurement[], startMs: number, endMs: number): Culprit {
  const seen = [...countByCause(rows, startMs, endMs)].sort(([, a], [, b]) => b - a);
  return { node: null, cause: seen[0]?.[0] ?? 'dependency-failed' };
}

/**
 * The spells of a run in which requests were lost, in order of time. `endToEnd` are the rows of the
 * whole service, `nodeRows` those of each node; `maxErrorRatio` is the stage's limit, 0 to 1.
 */
export function failureEpisodes(
  endToEnd: readonly Measurement[],
  nodeRows: ReadonlyMap<NodeId, readonly Measurement[]>,
  maxErrorRatio: number,
): FailureEpisode[] {
  return spells(endToEnd).map((rows) => {
    const startMs = rows[0]?.startMs ?? 0;
    const endMs = rows.at(-1)?.endMs ?? startMs;
    const culprit = worstNode(nodeRows, startMs, endMs) ?? worstSeen(rows, startMs, endMs);
    return {
      startMs,
      endMs,
      node: culprit.node,
      cause: culprit.cause,
      lost: rows.reduce((sum, row) => sum + errorCount(row.errors), 0),
      secondsOverLimit: rows
        .filter((row) => (errorRatio(row) ?? 0) > maxErrorRatio)
        .reduce((sum, row) => sum + (row.endMs - row.startMs) / 1000, 0),
    };
  });
}

/** Episodes told one by one; the others are summed up. */
const TOLD = 6;

/** The episodes that cost most, in order of time, and the sum of the others. */
export function worstEpisodes(episodes: readonly FailureEpisode[]) {
  const byLoss = [...episodes].sort((a, b) => b.lost - a.lost);
  const others = byLoss.slice(TOLD);
  return {
    worst: byLoss.slice(0, TOLD).sort((a, b) => a.startMs - b.startMs),
    others: others.length,
    othersLost: others.reduce((sum, { lost }) => sum + lost, 0),
  };
}
