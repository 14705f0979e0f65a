import { createStream, createZipf } from '@project-devops/simulation';
import type { Cause, ServiceConfiguration } from '@project-devops/simulation/protocol';
import { Failure } from './failure.ts';
import { OPERATIONS, type Workplace } from './operations.ts';
import type { RunQueue } from './run-queue.ts';
import type { ServiceMetrics } from './service-metrics.ts';
import { type StoreDrivers, Stores } from './stores.ts';

/** How a request ended. */
export type Outcome =
  | { readonly outcome: 'served' }
  | { readonly outcome: 'failed'; readonly cause: Cause; readonly node: string }
  /** No class of that name. */
  | { readonly outcome: 'unknown' };

export interface ApplicationOptions {
  readonly configuration: ServiceConfiguration;
  readonly password: string;
  readonly metrics: ServiceMetrics;
  readonly queue: RunQueue;
  readonly drivers: StoreDrivers;
}

/** Serves requests as its configuration says; the configuration can change between two requests. */
export class Application {
  readonly #options: ApplicationOptions;
  #place: Workplace;

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#place = this.#workplace(options.configuration, null);
  }

  async warm(): Promise<void> {
    await this.#place.stores.warm();
  }

  /** From now on requests are served by `next`; those under way end as they began. */
  configure(next: ServiceConfiguration): void {
    const { queue } = this.#options;
    const before = this.#place.stores;
    this.#place = this.#workplace(next, before.fits(next) ? before : null);
    queue.workers = next.workers;
    if (this.#place.stores !== before) void before.close();
  }

  /** Serves one request of a class; `gone` says whether the client has given up. */
  async serve(name: string, gone: () => boolean): Promise<Outcome> {
    const place = this.#place;
    const { metrics } = this.#options;
    const { node, classes, backlog } = place.configuration;
    const requestClass = Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (requestClass === undefined) return { outcome: 'unknown' };
    const startMs = performance.now();
    metrics.arrived();
    if (metrics.inFlight >= backlog) return this.#failed(new Failure('queue-full', node), node);
    metrics.admitted();
    try {
      for (const operation of requestClass.operations) {
        await OPERATIONS[operation](place);
        const elapsedMs = performance.now() - startMs;
        if (elapsedMs > requestClass.timeoutMs || gone()) throw new Failure('time-out', node);
      }
      const elapsedMs = performance.now() - startMs;
      metrics.served(elapsedMs, elapsedMs <= requestClass.onTimeMs);
      return { outcome: 'served' };
    } catch (error) {
      return this.#failed(error, node);
    } finally {
      metrics.left();
    }
  }

  async close(): Promise<void> {
    await this.#place.stores.close();
  }

  #failed(error: unknown, here: string): Outcome {
    if (!(error instanceof Failure)) throw error;
    const { reason, node } = error;
    this.#options.metrics.failed(node === here ? reason : 'dependency-failed');
    return { outcome: 'failed', cause: reason, node };
  }

  #workplace(configuration: ServiceConfiguration, kept: Stores | null): Workplace {
    const { password, metrics, queue, drivers } = this.#options;
    const { data, seed } = configuration;
    return {
      configuration,
      queue,
      stores: kept ?? new Stores({ configuration, password, metrics, drivers }),
      work: createStream(seed, 'work'),
      popularity: createStream(seed, 'popularity'),
      items: createZipf(data.items, data.zipfExponent),
      rows: createZipf(data.hotRows, data.hotRowExponent),
    };
  }
}
