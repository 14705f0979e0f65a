import type { LoadPlan } from '@project-devops/simulation/protocol';
import { type Clock, sleep } from '../clock.ts';
import type { LoadGenerator, PreparedLoad } from '../load/load-generator.ts';
import { needsNewGeneration, rateOf } from '../load/schedule.ts';
import type { Timeline } from './timeline.ts';

/** Time given to a generation to get ready while the one before goes on. */
const LEAD_SECONDS = 2;
/** An order to begin at an instant is given this long before. */
const RELEASE_AHEAD_MS = 1_000;

/** Makes the plan of a generation whose load begins at that second of play. */
export type PlanLoad = (generation: number, fromSeconds: number) => LoadPlan;

interface Generation {
  readonly plan: LoadPlan;
  fromSeconds: number;
}

export interface OfferingPorts {
  readonly generator: LoadGenerator;
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly planLoad: PlanLoad;
}

/** Offers a run's load to the containers; simulated time runs exactly while it does. */
export class Offering {
  readonly #ports: OfferingPorts;
  #generations = 0;
  #current: Generation | null = null;
  #next: { readonly generation: Generation; readonly prepared: PreparedLoad } | null = null;
  #changing: Promise<void> | null = null;

  constructor(ports: OfferingPorts) {
    this.#ports = ports;
  }

  /** The generation that offers load now; null while none does. */
  get generation(): number | null {
    return this.#current?.plan.generation ?? null;
  }

  /** Offered load in requests a second at a second of play; 0 where no generation offers any. */
  loadAt(atSeconds: number): number {
    const current = this.#current;
    return current === null ? 0 : rateOf(current.plan, atSeconds - current.fromSeconds);
  }

  /** Gets the first generation ready ahead of `begin`, which is then quick. */
  async prepare(fromSeconds: number): Promise<void> {
    await this.#next?.prepared.discard();
    this.#next = null;
    this.#next = await this.#prepared(fromSeconds);
  }

  /** The load begins, and simulated time with it. */
  async begin(fromSeconds: number): Promise<void> {
    if (this.#next?.generation.fromSeconds !== fromSeconds) await this.prepare(fromSeconds);
    const next = this.#next;
    if (next === null) return;
    this.#next = null;
    this.#current = next.generation;
    const wallMs = await next.prepared.release();
    this.#ports.timeline.begin(fromSeconds * 1000, wallMs);
  }

  /** The load stops, and simulated time stands from `endMs` on. */
  async stop(endMs: number): Promise<void> {
    this.#ports.timeline.end(endMs);
    await this.#changing;
    this.#current = null;
    await this.#ports.generator.stop();
  }

  /**
   * To be called each second: when the rules want another load than the plan has, the next generation
   * takes over a few seconds later. `force`: at once, because the entry changed. Rejects when k6 does.
   */
  async follow(atSeconds: number, wantedPerSecond: number, force: boolean): Promise<void> {
    const current = this.#current;
    if (current === null || this.#changing !== null) return;
    const elapsed = atSeconds - current.fromSeconds;
    if (!force && !needsNewGeneration(current.plan, wantedPerSecond, elapsed)) return;
    this.#changing = this.#replace(atSeconds + LEAD_SECONDS).finally(() => {
      this.#changing = null;
    });
    await this.#changing;
  }

  async #replace(fromSeconds: number): Promise<void> {
    const { timeline, clock } = this.#ports;
    const next = await this.#prepared(fromSeconds);
    const wallMs = timeline.wallAt(fromSeconds * 1000);
    if (wallMs === null) return next.prepared.discard();
    await sleep(clock, wallMs - RELEASE_AHEAD_MS - clock.now());
    if (!timeline.running) return next.prepared.discard();
    const beginMs = await next.prepared.release(wallMs);
    await sleep(clock, beginMs - clock.now());
    next.generation.fromSeconds = Math.round(timeline.simulatedAt(beginMs) / 1000);
    this.#current = next.generation;
  }

  async #prepared(fromSeconds: number) {
    this.#generations++;
    const plan = this.#ports.planLoad(this.#generations, fromSeconds);
    const prepared = await this.#ports.generator.prepare(plan);
    return { generation: { plan, fromSeconds }, prepared };
  }
}
