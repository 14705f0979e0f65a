import {
  CALL_METRICS,
  type Cause,
  CPU_METRIC,
  LATENCY_BOUNDS_SECONDS,
  REQUEST_METRICS,
} from '@project-devops/simulation/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const buckets = [...LATENCY_BOUNDS_SECONDS];

/** What the service tells Prometheus about itself. Times given are milliseconds. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #received: Counter;
  readonly #duration: Histogram;
  readonly #good: Counter;
  readonly #errors: Counter<'cause'>;
  readonly #sent: Counter<'target'>;
  readonly #callDuration: Histogram<'target'>;
  readonly #callErrors: Counter<'target' | 'cause'>;
  #inFlight = 0;
  #peak = 0;

  /** @param cpuSeconds CPU time so far  @param waitedSeconds integral of the run queue's length so far */
  constructor(cpuSeconds: () => number, waitedSeconds: () => number) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
      new Counter<L>({ name, help, labelNames, registers });
    this.#received = counter(REQUEST_METRICS.received, 'Requests that arrived');
    this.#good = counter(REQUEST_METRICS.good, 'Requests served on time');
    this.#errors = counter(REQUEST_METRICS.errors, 'Requests not served', ['cause']);
    this.#sent = counter(CALL_METRICS.sent, 'Calls to stores', ['target']);
    this.#callErrors = counter(CALL_METRICS.errors, 'Calls that failed', ['target', 'cause']);
    this.#duration = new Histogram({
      name: REQUEST_METRICS.duration,
      help: 'Time from arrival to answer of served requests',
      buckets,
      registers,
    });
    this.#callDuration = new Histogram({
      name: CALL_METRICS.duration,
      help: 'Time from call to answer of answered calls',
      labelNames: ['target'],
      buckets,
      registers,
    });
    this.#gauge(REQUEST_METRICS.inFlight, 'Requests held', () => this.#inFlight);
    this.#gauge(REQUEST_METRICS.inFlightPeak, 'Most requests held since the last scrape', () => {
      const peak = this.#peak;
      this.#peak = this.#inFlight;
      return peak;
    });
    this.#growing(REQUEST_METRICS.waiting, 'Time that bursts waited for the CPU', waitedSeconds);
    this.#growing(CPU_METRIC, 'CPU time of the container', cpuSeconds);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  arrived(): void {
    this.#received.inc();
  }

  admitted(): void {
    this.#inFlight++;
    this.#peak = Math.max(this.#peak, this.#inFlight);
  }

  left(): void {
    this.#inFlight--;
  }

  served(ms: number, onTime: boolean): void {
    this.#duration.observe(ms / 1000);
    if (onTime) this.#good.inc();
  }

  failed(cause: Cause): void {
    this.#errors.inc({ cause });
  }

  called(target: string): void {
    this.#sent.inc({ target });
  }

  answered(target: string, ms: number): void {
    this.#callDuration.observe({ target }, ms / 1000);
  }

  callFailed(target: string, cause: Cause): void {
    this.#callErrors.inc({ target, cause });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** A counter whose value is kept elsewhere. */
  #growing(name: string, help: string, read: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}
