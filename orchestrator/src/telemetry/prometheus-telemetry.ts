import { DROPPED_ITERATIONS } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { WindowReader } from './measured-rows.ts';
import { CLIENT_ALIVE, type PrometheusOptions, readSamples } from './prometheus-source.ts';
import { SeriesStore } from './series-store.ts';
import type { MeasuredService, MeasuredWindow, Telemetry, WallWindow } from './telemetry.ts';

/** The first question reaches so far back, that counters of an adopted session are known from before. */
const FIRST_REACH_MS = 600_000;
/** Samples may come this late for the instant they tell of. */
const OVERLAP_MS = 3_000;
/** A node that has told nothing by then has no row in the window. */
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

  function told(window: WallWindow, service: MeasuredService): boolean {
    if (clock.now() > window.wallEndMs + NODE_PATIENCE_MS) return true;
    const reader = new WindowReader(store, window, service);
    return !service.topology.nodes.some((node) => reader.isAwaited(node));
  }

  return {
    async measure(window, service): Promise<MeasuredWindow> {
      await read();
      if (store.newest(CLIENT_ALIVE, {}) < window.wallEndMs) {
        const late = clock.now() - window.wallEndMs;
        return { state: late > CLIENT_PATIENCE_MS ? 'lost' : 'pending' };
      }
      if (!told(window, service)) return { state: 'pending' };
      const reader = new WindowReader(store, window, service);
      const nodes = service.topology.nodes.flatMap((node) => reader.node(node) ?? []);
      return {
        state: 'measured',
        rows: [reader.endToEnd(), ...nodes],
        droppedIterations: store.increase(
          DROPPED_ITERATIONS,
          {},
          window.wallStartMs,
          window.wallEndMs,
        ),
        coresUsed: reader.coresUsed(),
      };
    },
  };
}
