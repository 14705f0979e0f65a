import { CAUSES } from '../protocol/index.ts';
import type { Clock } from './clock.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Meter } from './meter.ts';
import type { Request } from './request.ts';
import type { RunningNode } from './running-node.ts';

const TURNED_AWAY = new Set(
  (['unauthorised', 'rate-limited', 'blocked'] as const).map((cause) => CAUSES.indexOf(cause)),
);

/** Counts how requests end, at the nodes on their way and end to end. */
export class Accounts {
  readonly #o: InterpreterOptions;
  readonly #clock: Clock;

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#clock = options.clock;
  }

  /** A client's request is answered. */
  serve({ requestClass, root }: Request): void {
    const { onTimeMs, goodByClass, hostile } = this.#o;
    const { nowMs } = this.#clock;
    const latencyMs = nowMs - root.enteredMs;
    const good = latencyMs <= (onTimeMs[requestClass] as number);
    if (good && !hostile.isHostile(requestClass)) {
      goodByClass[requestClass] = (goodByClass[requestClass] as number) + 1;
    }
    hostile.meterOf(requestClass, root.node.meter).serve(latencyMs, good, nowMs);
  }

  /** A client's request has failed. */
  fail({ requestClass, root }: Request, cause: number): void {
    const { nowMs } = this.#clock;
    const meter: Meter = this.#o.hostile.meterOf(requestClass, root.node.meter);
    meter.fail(cause, nowMs - root.enteredMs, nowMs);
  }

  /**
   * A node's part of a request has failed. One that has turned a hostile request away on purpose has done
   * its work: for it that is no failure.
   */
  failAt({ requestClass }: Request, node: RunningNode, cause: number, sinceMs: number): void {
    const { nowMs } = this.#clock;
    const isWork = TURNED_AWAY.has(cause) && this.#o.hostile.isHostile(requestClass);
    if (isWork) node.meter.serve(sinceMs, true, nowMs);
    else node.meter.fail(cause, sinceMs, nowMs);
  }
}
