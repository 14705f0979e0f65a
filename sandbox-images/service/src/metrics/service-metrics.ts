import {
  CALL_METRICS,
  type Cause,
  CPU_METRIC,
  LATENCY_BOUNDS_SECONDS,
  REQUEST_METRICS,
} from '@project-devops/simulation/protocol';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is read when the metrics are asked for. */
export interface Gauges {
  cpuSeconds(): number;
  waitedSeconds(): number;
  inFlight(): number;
  takePeak(): number;
}

/** Counts calls to one store. */
export interface CallMeter {
  sent(): void;
  answered(ms: number): void;
  failed(cause: Cause): void;
}

const buckets = [...LATENCY_BOUNDS_SECONDS];

/** Counts what passes through the service, in the metrics that the telemetry reads. */
export class ServiceMetrics {
  readonly #registry: Registry;
  readonly #received: Counter;
  readonly #duration: Histogram;
  readonly #good: Counter;
  readonly #errors: Counter<'cause'>;
  readonly #callsSent: Counter<'target'>;
  readonly #callDuration: Histogram<'target'>;
  readonly #callErrors: Counter<'target' | 'cause'>;
  readonly #calls = new Map<string, CallMeter>();

  constructor(registry: Registry, gauges: Gauges) {
    const registers = [registry];
    this.#registry = registry;
    this.#received = this.#counter(REQUEST_METRICS.received, 'Requests that arrived.');
    this.#good = this.#counter(REQUEST_METRICS.good, 'Requests served on time.');
    this.#duration = new Histogram({
      name: REQUEST_METRICS.duration,
      help: 'Served requests, from arrival to answer.',
      buckets,
      registers,
    });
    this.#errors = new Counter({
      name: REQUEST_METRICS.errors,
      help: 'Requests not served, by cause.',
      labelNames: ['cause'],
      registers,
    });
    this.#callsSent = new Counter({
      name: CALL_METRICS.sent,
      help: 'Calls sent to stores.',
      labelNames: ['target'],
      registers,
    });
    this.#callDuration = new Histogram({
      name: CALL_METRICS.duration,
      help: 'Answered calls to stores, from sending to answer.',
      labelNames: ['target'],
      buckets,
      registers,
    });
    this.#callErrors = new Counter({
      name: CALL_METRICS.errors,
      help: 'Calls to stores that failed, by cause.',
      labelNames: ['target', 'cause'],
      registers,
    });
    this.#read(gauges);
  }

  received(): void {
    this.#received.inc();
  }

  served(ms: number, good: boolean): void {
    this.#duration.observe(ms / 1000);
    if (good) this.#good.inc();
  }

  failed(cause: Cause): void {
    this.#errors.inc({ cause });
  }

  /** The meter of calls to one store; always the same for a node. */
  callsTo(target: string): CallMeter {
    const known = this.#calls.get(target);
    if (known !== undefined) return known;
    const sent = this.#callsSent.labels({ target });
    const duration = this.#callDuration.labels({ target });
    const meter: CallMeter = {
      sent: () => sent.inc(),
      answered: (ms) => duration.observe(ms / 1000),
      failed: (cause) => this.#callErrors.inc({ target, cause }),
    };
    this.#calls.set(target, meter);
    return meter;
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.#registry] });
  }

  #read({ cpuSeconds, waitedSeconds, inFlight, takePeak }: Gauges): void {
    this.#readCounter(CPU_METRIC, 'CPU time of the container.', cpuSeconds);
    this.#readCounter(
      REQUEST_METRICS.waiting,
      'Integral of the requests that wait for the CPU.',
      waitedSeconds,
    );
    this.#readGauge(REQUEST_METRICS.inFlight, 'Requests held now.', inFlight);
    this.#readGauge(
      REQUEST_METRICS.inFlightPeak,
      'Most requests held since the last time.',
      takePeak,
    );
  }

  #readCounter(name: string, help: string, value: () => number): void {
    const registers = [this.#registry];
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  }

  #readGauge(name: string, help: string, value: () => number): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }
}
