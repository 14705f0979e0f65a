import type {
  CatalogEntry,
  LoadPoint,
  Scenario,
  Topology,
} from '@project-devops/simulation/protocol';

/** What the forecast asks of the service. */
export interface ForecastSummary {
  readonly startPerSecond: number;
  readonly peakPerSecond: number;
  readonly peakAtSeconds: number;
  /** The peak over the start; null when nothing comes at the start. */
  readonly growth: number | null;
  /**
   * The load at the start over the peak, 0 to 1. CPU time grows with the requests, so servers that are
   * busier than this at the start cannot carry the peak.
   */
  readonly safeStartUtilisation: number;
}

/** Sums up a forecast; null when it is empty or brings no load at all. */
export function summariseForecast(forecast: readonly LoadPoint[]): ForecastSummary | null {
  const start = forecast[0];
  if (!start) return null;
  const peak = forecast.reduce((a, b) => (b.ratePerSecond > a.ratePerSecond ? b : a));
  if (peak.ratePerSecond <= 0) return null;
  const startPerSecond = start.ratePerSecond;
  return {
    startPerSecond,
    peakPerSecond: peak.ratePerSecond,
    peakAtSeconds: peak.atSeconds,
    growth: startPerSecond > 0 ? peak.ratePerSecond / startPerSecond : null,
    safeStartUtilisation: startPerSecond / peak.ratePerSecond,
  };
}

/** The servers on the board. */
export interface ComputeCapacity {
  readonly servers: number;
  readonly cores: number;
}

/** Counts the compute nodes on the board and adds up their CPU. */
export function computeCapacity(
  topology: Topology,
  catalog: readonly CatalogEntry[],
): ComputeCapacity {
  let servers = 0;
  let millicores = 0;
  for (const node of topology.nodes) {
    const entry = catalog.find(({ kind }) => kind === node.kind);
    if (entry?.group !== 'compute' || !('size' in node)) continue;
    servers++;
    millicores += entry.sizes.find(({ size }) => size === node.size)?.cpuMillicores ?? 0;
  }
  return { servers, cores: millicores / 1000 };
}

type AnnouncedTraffic = NonNullable<Scenario['events'][number]['traffic']>;

/** Traffic that a department tells of before it comes; what is not announced stays a surprise. */
export function announcedTraffic(scenario: Scenario): AnnouncedTraffic[] {
  return scenario.events.flatMap(({ atSeconds, traffic }) =>
    traffic && traffic.startSeconds > atSeconds ? [traffic] : [],
  );
}
