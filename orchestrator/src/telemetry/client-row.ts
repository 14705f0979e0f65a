import {
  CLIENT_METRICS,
  clientSeries,
  END_TO_END,
  type Measurement,
  UNMEASURED,
} from '@project-devops/simulation/protocol';
import { CLIENT_ALIVE } from './prometheus-source.ts';
import type { MeasuredService, WallWindow } from './telemetry.ts';
import type { WindowFigures } from './window-figures.ts';

const SERIES = {
  sent: clientSeries(CLIENT_METRICS.sent),
  served: clientSeries(CLIENT_METRICS.served),
  latencySum: clientSeries(CLIENT_METRICS.latencySum),
  good: clientSeries(CLIENT_METRICS.good),
  errors: clientSeries(CLIENT_METRICS.errors),
};

/** The whole service as k6 saw it, all its generations added up. */
export function clientRow(
  figures: WindowFigures,
  { startMs, endMs }: WallWindow,
  { classes }: MeasuredService,
): Measurement {
  const names = Object.keys(classes);
  const good = names.map((name) => figures.increase(SERIES.good, { class: name }));
  const latency = figures.latencyOfCounts(SERIES.served, SERIES.latencySum);
  return {
    node: END_TO_END,
    source: 'measured',
    startMs,
    endMs,
    offered: figures.increase(SERIES.sent, {}),
    served: latency.count,
    good: good.reduce((sum, count) => sum + count, 0),
    goodByClass: Object.fromEntries(names.map((name, i) => [name, good[i] ?? 0])),
    errors: figures.errors(SERIES.errors, {}),
    inFlight: inFlight(figures),
    latency,
    ...UNMEASURED,
  };
}

/** Of the k6 that runs; what one that died had under way was never counted. */
function inFlight({ store, endMs }: WindowFigures): number {
  const running = store.select(CLIENT_ALIVE, {}).filter((series) => series.newestMs >= endMs);
  const total = (metric: string) =>
    running
      .flatMap(({ labels: { generation = '' } }) => store.select(metric, { generation }))
      .reduce((sum, series) => sum + series.totalAt(endMs), 0);
  return Math.max(0, total(SERIES.sent) - total(SERIES.served) - total(SERIES.errors));
}
