import { END_TO_END, type Measurement } from '@project-devops/simulation/protocol';
import type { MeasuredService, Telemetry } from '../telemetry/telemetry.ts';
import type { Timeline } from './timeline.ts';

/** A measured second. */
export interface MeasuredSecond {
  readonly startMs: number;
  /** End to end first, then the nodes; empty when the second was lost. */
  readonly rows: readonly Measurement[];
  /** False when k6 could not offer its load. */
  readonly valid: boolean;
  readonly droppedIterations: number;
  readonly coresUsed: Readonly<Record<string, number>>;
}

/** Share of a window's offered load that k6 may fail to start before the window counts as invalid. */
const TOLERATED_DROPS = 0.01;

/** Turns the timeline's passed seconds into measured ones, in their order, each once. */
export class Measuring {
  readonly #telemetry: Telemetry;
  readonly #timeline: Timeline;
  #nextMs: number;

  constructor(telemetry: Telemetry, timeline: Timeline, fromMs: number) {
    this.#telemetry = telemetry;
    this.#timeline = timeline;
    this.#nextMs = fromMs;
  }

  /** End of the newest second that was asked for with success, in simulated ms. */
  get reachedMs(): number {
    return this.#nextMs;
  }

  /** The seconds that can be told at a wall instant; rejects when the source does not answer. */
  async take(wallMs: number, service: MeasuredService): Promise<MeasuredSecond[]> {
    const seconds: MeasuredSecond[] = [];
    for (const window of this.#timeline.windowsUntil(wallMs, this.#nextMs)) {
      const measured = await this.#telemetry.measure(window, service);
      if (measured.state === 'pending') break;
      this.#nextMs = window.endMs;
      if (measured.state === 'lost') continue;
      const { rows, droppedIterations, coresUsed } = measured;
      const offered = rows.find((row) => row.node === END_TO_END)?.offered ?? 0;
      const valid = droppedIterations <= TOLERATED_DROPS * (offered + droppedIterations);
      seconds.push({ startMs: window.startMs, rows, valid, droppedIterations, coresUsed });
    }
    return seconds;
  }
}
