import type { LoadPoint, Measurement, Scenario } from '@project-devops/simulation/protocol';
import { mergeRows } from '../comparison/merge-rows.ts';
import type { Probe } from './probe.ts';

/** Time before the first probe in which everything gets warm, and before each other in which the last one fades. */
const WARMUP_SECONDS = 6;
const SETTLE_SECONDS = 2;

/** Probes one after the other as one load. */
export interface ProbeSchedule {
  readonly mix: Scenario['mix'];
  readonly load: readonly LoadPoint[];
  readonly seconds: number;
  /** Of each probe, in simulated ms: what is measured in it counts. */
  readonly spans: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** One schedule for all probes of a topology, so that one load generator serves them. */
export function scheduleOf(probes: readonly Probe[]): ProbeSchedule {
  const mix: Scenario['mix'] = [];
  const load: LoadPoint[] = [];
  const spans: { startMs: number; endMs: number }[] = [];
  let atSeconds = 0;
  for (const { requestClass, ratePerSecond, seconds } of probes) {
    mix.push({ atSeconds, shares: { [requestClass]: 1 } });
    load.push({ atSeconds, ratePerSecond });
    const startSeconds = atSeconds + (atSeconds === 0 ? WARMUP_SECONDS : SETTLE_SECONDS);
    atSeconds = startSeconds + seconds;
    spans.push({ startMs: startSeconds * 1000, endMs: atSeconds * 1000 });
  }
  return { mix, load, seconds: atSeconds, spans };
}

/** Windows are put together to this length: bursts that cross an edge then matter less. */
const MERGED_SECONDS = 2;

/**
 * The windows of each probe among all measured ones, each of some seconds. Windows are rows of all nodes; a
 * node that is missing in one of the merged windows is missing in the whole.
 */
export function windowsByProbe(
  { spans }: ProbeSchedule,
  windows: readonly (readonly Measurement[])[],
): readonly (readonly (readonly Measurement[])[])[] {
  return spans.map(({ startMs, endMs }) => {
    const inside = windows.filter(
      ([row]) => row !== undefined && row.startMs >= startMs && row.endMs <= endMs,
    );
    const groups = Map.groupBy(inside, ([row]) =>
      Math.floor(((row?.startMs ?? 0) - startMs) / 1000 / MERGED_SECONDS),
    );
    return [...groups.values()].map(mergedWindow);
  });
}

function mergedWindow(windows: readonly (readonly Measurement[])[]): readonly Measurement[] {
  const byNode = Map.groupBy(windows.flat(), ({ node }) => node);
  return [...byNode.values()].filter((rows) => rows.length === windows.length).map(mergeRows);
}
