import { DROPPED_ITERATIONS } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { clientRow } from './client-row.ts';
import { coresUsed, isAwaited, nodeRow } from './node-rows.ts';
import { CLIENT_ALIVE, type PrometheusOptions, readSamples } from './prometheus-source.ts';
import { SETTLED_AFTER_MS, SeriesStore } from './series-store.ts';
import type { MeasuredWindow, Telemetry } from './telemetry.ts';
import { WindowFigures } from './window-figures.ts';

/** The first question reaches so far back, that counters of an adopted session are known from before. */
const FIRST_REACH_MS = 600_000;
/** Samples may come this late for the instant they tell of. */
const OVERLAP_MS = 3_000;
/** A node whose samples have not come by then has no row in the window. */
const NODE_PATIENCE_MS = 3_000;
/** Without k6's samples by then the window is lost. */
const CLIENT_PATIENCE_MS = 10_000;

/** Reads a session's Prometheus. */
export function createPrometheusTelemetry(
  options: PrometheusOptions & { readonly clock: Clock },
): Telemetry {
  const { clock } = options;
  const store = new SeriesStore();
  let readUntilMs: number | null = null;

  async function read(): Promise<void> {
    const now = clock.now();
    const fromMs = readUntilMs === null ? now - FIRST_REACH_MS : readUntilMs - OVERLAP_MS;
    store.add(await readSamples(options, fromMs, now));
    readUntilMs = now;
  }

  return {
    async measure(window, service): Promise<MeasuredWindow> {
      await read();
      const late = clock.now() - window.wallEndMs;
      if (store.newest(CLIENT_ALIVE, {}) < window.wallEndMs + SETTLED_AFTER_MS) {
        return { state: late > CLIENT_PATIENCE_MS ? 'lost' : 'pending' };
      }
      const { nodes } = service.topology;
      const figures = new WindowFigures(store, window);
      if (late <= NODE_PATIENCE_MS && nodes.some((node) => isAwaited(node, figures))) {
        return { state: 'pending' };
      }
      const rows = nodes.flatMap((node) => nodeRow(node, figures, window, service) ?? []);
      return {
        state: 'measured',
        rows: [clientRow(figures, window, service), ...rows],
        droppedIterations: figures.increase(DROPPED_ITERATIONS, {}),
        coresUsed: coresUsed(figures),
      };
    },
  };
}
