import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import type { Registry } from 'prom-client';
import { ServiceMetrics } from '../metrics/service-metrics.ts';
import type { StoreBook } from '../stores/links.ts';
import { Backlog } from '../work/backlog.ts';
import type { Clock } from '../work/clock.ts';
import { createNativeWork, type DoWork } from '../work/native-work.ts';
import { RunQueue } from '../work/run-queue.ts';
import { TokenPool } from '../work/token-pool.ts';
import { Draws } from './draws.ts';
import { type Failure, failedHere } from './failure.ts';
import { HeldRequest, type Reply } from './held-request.ts';
import { perform } from './operations.ts';
import type { Workshop } from './workshop.ts';

export interface ServiceOptions {
  readonly registry: Registry;
  readonly stores: StoreBook;
  readonly clock: Clock;
  readonly cpuSeconds: () => number;
  /** Does the CPU work; by default for real. */
  readonly work?: DoWork;
}

/** The service without its doors: takes requests, does their operations, counts them. */
export class Service {
  readonly #stores: StoreBook;
  readonly #clock: Clock;
  readonly #metrics: ServiceMetrics;
  readonly #backlog: Backlog;
  readonly #cpu: RunQueue;
  readonly #databasePool: TokenPool;
  #shop: Workshop;

  constructor(configuration: ServiceConfiguration, options: ServiceOptions) {
    const { stores, clock, registry, cpuSeconds } = options;
    this.#stores = stores;
    this.#clock = clock;
    this.#backlog = new Backlog(configuration.backlog);
    this.#databasePool = new TokenPool(configuration.pool);
    const work = options.work ?? createNativeWork(() => this.#shop.configuration.roundsPerMs);
    this.#cpu = new RunQueue(configuration.workers, work, clock);
    this.#metrics = new ServiceMetrics(registry, {
      cpuSeconds,
      waitedSeconds: () => this.#cpu.waitedSeconds(),
      inFlight: () => this.#backlog.held,
      takePeak: () => this.#backlog.takePeak(),
    });
    this.#shop = this.#equip(configuration, null);
  }

  /** Puts a configuration in force. Requests in progress go on as they began. */
  configure(configuration: ServiceConfiguration): void {
    this.#backlog.setLimit(configuration.backlog);
    this.#databasePool.setLimit(configuration.pool);
    this.#cpu.setWorkers(configuration.workers);
    this.#shop = this.#equip(configuration, this.#shop);
  }

  /** Takes a request of a class; null when the class is unknown. `reply` is called once, perhaps before this returns. */
  take(requestClass: string, reply: Reply): HeldRequest | null {
    const shop = this.#shop;
    const { classes, node } = shop.configuration;
    const settings = Object.hasOwn(classes, requestClass) ? classes[requestClass] : undefined;
    if (settings === undefined) return null;
    const receivedMs = this.#clock();
    this.#metrics.received();
    const request = new HeldRequest(settings.timeoutMs, failedHere('time-out', node), reply);
    if (this.#backlog.enter()) {
      void this.#serve(request, settings, shop, receivedMs);
    } else {
      this.#metrics.failed('queue-full');
      request.end(failedHere('queue-full', node));
    }
    return request;
  }

  /** The client of a request has gone. */
  hangUp(request: HeldRequest): void {
    request.abandon(failedHere('time-out', this.#shop.configuration.node));
  }

  async #serve(
    request: HeldRequest,
    { operations, onTimeMs }: ServiceConfiguration['classes'][string],
    shop: Workshop,
    receivedMs: number,
  ): Promise<void> {
    const failure = await perform(request, operations, shop);
    this.#backlog.leave();
    this.#count(failure, this.#clock() - receivedMs, onTimeMs);
    request.end(failure);
  }

  #count(failure: Failure | null, tookMs: number, onTimeMs: number): void {
    if (failure === null) this.#metrics.served(tookMs, tookMs <= onTimeMs);
    else this.#metrics.failed(failure.countedAs);
  }

  #equip(configuration: ServiceConfiguration, before: Workshop | null): Workshop {
    const { valueBytes } = configuration;
    const sameValue = before?.cachedValue.length === valueBytes ? before.cachedValue : null;
    return {
      configuration,
      links: this.#stores.link(configuration),
      draws: new Draws(configuration, before?.draws ?? null),
      cachedValue: sameValue ?? Buffer.alloc(valueBytes, 'x'),
      cpu: this.#cpu,
      databasePool: this.#databasePool,
      metrics: this.#metrics,
      turns: before?.turns ?? { reads: 0 },
    };
  }
}
