import type { Engine } from '@project-devops/simulation';
import type {
  Frame,
  Measurement,
  RealMessage,
  SimulationEvent,
} from '@project-devops/simulation/protocol';

/** Sends a run's frames, and keeps its history so that a page that comes later sees all of it. */
export class FrameFeed {
  readonly #engine: Engine;
  readonly #send: (message: RealMessage) => void;
  readonly #events: SimulationEvent[] = [];
  readonly #rows: Measurement[] = [];
  #sentEvents = 0;
  #sentRows = 0;
  #begun = false;

  constructor(engine: Engine, send: (message: RealMessage) => void) {
    this.#engine = engine;
    this.#send = send;
  }

  addMeasured(rows: readonly Measurement[]): void {
    this.#rows.push(...rows);
  }

  /** Takes what the engine has to tell into the history; the answer is the new predicted rows. */
  gather(): readonly Measurement[] {
    const rows = this.#engine.takeMeasurements();
    this.#events.push(...this.#engine.takeEvents());
    this.#rows.push(...rows);
    return rows;
  }

  /** Sends what is new since the last frame; the first begins anew. */
  post(speed: 0 | 1): void {
    const frame = this.#frame(speed, this.#sentEvents, this.#sentRows);
    this.#send({ type: 'frame', frame: { ...frame, restarted: !this.#begun } });
    this.#begun = true;
    this.#sentEvents = this.#events.length;
    this.#sentRows = this.#rows.length;
  }

  /** A frame with everything up to the last one that was sent, for one page. */
  whole(speed: 0 | 1): Frame {
    return {
      ...this.#frame(speed, 0, 0),
      events: this.#events.slice(0, this.#sentEvents),
      rows: this.#rows.slice(0, this.#sentRows),
      restarted: true,
    };
  }

  #frame(speed: 0 | 1, fromEvent: number, fromRow: number): Frame {
    return {
      snapshot: this.#engine.snapshot(),
      events: this.#events.slice(fromEvent),
      rows: this.#rows.slice(fromRow),
      speed,
      result: this.#engine.result(),
      restarted: false,
    };
  }
}
