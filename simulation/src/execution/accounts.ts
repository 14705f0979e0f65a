import { CAUSES } from '../protocol/index.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Meter } from './meter.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningNode } from './running-node.ts';

const TURNED_AWAY = new Set(
  (['unauthorised', 'rate-limited', 'blocked'] as const).map((cause) => CAUSES.indexOf(cause)),
);

/** Counts how requests end, at the nodes on their way and end to end. */
export class Accounts {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #clock: { readonly nowMs: number };

  constructor(options: InterpreterOptions, clock: { readonly nowMs: number }) {
    this.#o = options;
    this.#t = options.requests;
    this.#clock = clock;
  }

  /** A client's request is answered. */
  serve(request: number, client: RunningNode, latencyMs: number): void {
    const { onTimeMs, goodByClass, hostile } = this.#o;
    const requestClass = this.#t.requestClass[request] as number;
    const good = latencyMs <= (onTimeMs[requestClass] as number);
    if (good && !hostile.isHostile(requestClass)) {
      goodByClass[requestClass] = (goodByClass[requestClass] as number) + 1;
    }
    this.#endToEnd(request, client).serve(latencyMs, good, this.#clock.nowMs);
  }

  /** A client's request has failed. */
  fail(request: number, client: RunningNode, cause: number, sinceMs: number): void {
    this.#endToEnd(request, client).fail(cause, sinceMs, this.#clock.nowMs);
  }

  /**
   * A node's part of a request has failed. One that has turned a hostile request away on purpose has done
   * its work: for it that is no failure.
   */
  failAt(request: number, node: RunningNode, cause: number, sinceMs: number): void {
    const { nowMs } = this.#clock;
    const requestClass = this.#t.requestClass[request] as number;
    const isWork = TURNED_AWAY.has(cause) && this.#o.hostile.isHostile(requestClass);
    if (isWork) node.meter.serve(sinceMs, true, nowMs);
    else node.meter.fail(cause, sinceMs, nowMs);
  }

  #endToEnd(request: number, client: RunningNode): Meter {
    return this.#o.hostile.meterOf(this.#t.requestClass[request] as number, client.meter);
  }
}
