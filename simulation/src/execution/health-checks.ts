import type { StateHash } from '../kernel/state-hash.ts';
import { afterCheck, type Health } from '../policies/health-checks.ts';
import type { Timers } from '../primitives/timers.ts';
import type { HealthCheck } from '../protocol/index.ts';
import type { RunningLink, RunningNode } from './running-node.ts';

/** A server that is checked: the node, and the link over which it is. */
export interface Checked {
  readonly node: RunningNode;
  readonly link: RunningLink;
}

interface Checker {
  check: HealthCheck;
  readonly timer: number;
  servers: readonly Checked[];
  /** By the server's number. */
  beliefs: Map<number, Health>;
}

/**
 * Balancers that find out by checks which of their servers can be called. A check asks whether a server
 * is ready and can be reached; it takes no time and none of its CPU.
 */
export class HealthChecks {
  readonly #timers: Timers;
  readonly #changed: () => void;
  readonly #checkers = new Map<number, Checker>();

  /** `changed` is told whenever a balancer believes otherwise of a server than before. */
  constructor(timers: Timers, changed: () => void) {
    this.#timers = timers;
    this.#changed = changed;
  }

  /**
   * Gives a balancer checks of these servers, the first one interval ahead, or takes them away (null). A
   * server it has not seen before counts as what it is now.
   */
  configure(
    balancer: RunningNode,
    servers: readonly Checked[],
    check: HealthCheck | null,
    nowMs: number,
  ): void {
    if (check === null) return this.forget(balancer);
    const checker = this.#checkers.get(balancer.number) ?? this.#begin(balancer, check, nowMs);
    if (checker.check.intervalSeconds !== check.intervalSeconds) this.#arm(checker, check, nowMs);
    checker.check = check;
    checker.servers = servers;
    checker.beliefs = new Map(
      servers.map((server) => {
        const fresh = { isHealthy: passes(server), against: 0 };
        return [server.node.number, checker.beliefs.get(server.node.number) ?? fresh];
      }),
    );
  }

  forget(balancer: RunningNode): void {
    const checker = this.#checkers.get(balancer.number);
    if (checker !== undefined) this.#timers.disarm(checker.timer);
    this.#checkers.delete(balancer.number);
  }

  /** Whether a caller sends calls to a server: what it believes, or the truth when it does not check. */
  mayCall(caller: RunningNode, server: RunningNode): boolean {
    const checker = this.#checkers.get(caller.number);
    if (checker === undefined) return server.ready;
    return checker.beliefs.get(server.number)?.isHealthy ?? false;
  }

  checks(caller: RunningNode): boolean {
    return this.#checkers.has(caller.number);
  }

  mixInto(hash: StateHash): void {
    for (const { beliefs } of this.#checkers.values()) {
      for (const [server, { isHealthy, against }] of beliefs) {
        hash.mixInt(server);
        hash.mixInt(isHealthy ? against : -1 - against);
      }
    }
  }

  #begin(balancer: RunningNode, check: HealthCheck, nowMs: number): Checker {
    const timer = this.#timers.create(balancer.number, (atMs) => this.#ring(balancer, atMs));
    const checker: Checker = { check, timer, servers: [], beliefs: new Map() };
    this.#checkers.set(balancer.number, checker);
    this.#arm(checker, check, nowMs);
    return checker;
  }

  #arm({ timer }: Checker, { intervalSeconds }: HealthCheck, nowMs: number): void {
    this.#timers.arm(timer, nowMs + intervalSeconds * 1000);
  }

  #ring(balancer: RunningNode, nowMs: number): void {
    const checker = this.#checkers.get(balancer.number) as Checker;
    const { check, beliefs, servers } = checker;
    for (const server of servers) {
      const before = beliefs.get(server.node.number) as Health;
      const after = afterCheck(before, passes(server), check);
      beliefs.set(server.node.number, after);
      if (after.isHealthy !== before.isHealthy) this.#changed();
    }
    this.#arm(checker, check, nowMs);
  }
}

/** A link that loses all it carries brings no answer. */
function passes({ node, link }: Checked): boolean {
  return node.ready && !link.isCut;
}
