import type { StateHash } from '../kernel/state-hash.ts';
import { nextReplicas, recommendedReplicas, type ScalingBounds } from '../policies/autoscaling.ts';
import type { ReplicaSet } from '../primitives/replica-set.ts';
import type { Timers } from '../primitives/timers.ts';

export interface ScalingRules extends ScalingBounds {
  readonly targetUtilisation: number;
  /** For how long a recommendation keeps the service from shrinking below it. */
  readonly stabilisationMs: number;
  /** CPU of one replica, in cores. */
  readonly cores: number;
}

/** How often the autoscaler looks (kube-controller-manager's `--horizontal-pod-autoscaler-sync-period`). */
const EVALUATION_MS = 15_000;

/** Keeps the number of a service's replicas to what their measured CPU utilisation asks for. */
export class Autoscaler {
  readonly #replicas: ReplicaSet;
  readonly #timers: Timers;
  readonly #timer: number;
  #rules: ScalingRules;
  #usedMs = 0;
  #upArea = 0;
  /** Recommendations within the stabilisation window, the latest last, and when they were given. */
  readonly #recommended: number[] = [];
  readonly #recommendedAtMs: number[] = [];

  constructor(replicas: ReplicaSet, rules: ScalingRules, timers: Timers, node: number) {
    this.#replicas = replicas;
    this.#rules = rules;
    this.#timers = timers;
    this.#timer = timers.create(node, (nowMs) => this.#evaluate(nowMs));
  }

  begin(nowMs: number): void {
    this.#replicas.begin(this.#rules.min, nowMs);
    this.#timers.arm(this.#timer, nowMs + EVALUATION_MS);
  }

  /** New rules; their bounds hold at once. */
  configure(rules: ScalingRules, nowMs: number): void {
    this.#rules = rules;
    const present = this.#replicas.ready + this.#replicas.starting;
    this.#replicas.scaleTo(nextReplicas(present, [present], rules), nowMs);
  }

  #evaluate(nowMs: number): void {
    const { ready, starting } = this.#replicas;
    const utilisation = this.#utilisation(nowMs);
    const target = this.#rules.targetUtilisation;
    this.#remember(recommendedReplicas({ ready, starting, utilisation, target }), nowMs);
    const next = nextReplicas(ready + starting, this.#recommended, this.#rules);
    this.#replicas.scaleTo(next, nowMs);
    this.#timers.arm(this.#timer, nowMs + EVALUATION_MS);
  }

  mixInto(hash: StateHash): void {
    for (const replicas of this.#recommended) hash.mixInt(replicas);
    hash.mixFloat(this.#usedMs);
  }

  /** CPU time used over CPU time allowed since the last look, by the replicas that were up. */
  #utilisation(nowMs: number): number {
    const usedMs = this.#replicas.usedMs(nowMs);
    const upArea = this.#replicas.upArea(nowMs);
    const allowedMs = (upArea - this.#upArea) * this.#rules.cores;
    const utilisation = allowedMs > 0 ? (usedMs - this.#usedMs) / allowedMs : 0;
    this.#usedMs = usedMs;
    this.#upArea = upArea;
    return utilisation;
  }

  #remember(replicas: number, nowMs: number): void {
    this.#recommended.push(replicas);
    this.#recommendedAtMs.push(nowMs);
    while ((this.#recommendedAtMs[0] as number) < nowMs - this.#rules.stabilisationMs) {
      this.#recommended.shift();
      this.#recommendedAtMs.shift();
    }
  }
}
