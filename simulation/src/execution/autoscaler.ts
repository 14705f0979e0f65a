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

/** The node whose replicas they are: a stop or a start changes `startVersion`. */
interface ScaledNode {
  readonly number: number;
  readonly ready: boolean;
  readonly startVersion: number;
  readonly draining: boolean;
}

/** How often the autoscaler looks (kube-controller-manager's `--horizontal-pod-autoscaler-sync-period`). */
const EVALUATION_MS = 15_000;

/**
 * Keeps the number of a service's replicas to what their measured CPU utilisation asks for. A service that has been down
 * since the last look, or is sent nothing as it is about to be, has used too little CPU to say that it needs fewer: then
 * it does not shrink.
 */
export class Autoscaler {
  readonly #replicas: ReplicaSet;
  readonly #timers: Timers;
  readonly #timer: number;
  readonly #node: ScaledNode;
  /** The start that has lasted since the last look; -1 when it was down then. */
  #start: number;
  #rules: ScalingRules;
  #usedMs = 0;
  #upArea = 0;
  /** Recommendations within the stabilisation window, the latest last, and when they were given. */
  readonly #recommended: number[] = [];
  readonly #recommendedAtMs: number[] = [];

  constructor(replicas: ReplicaSet, rules: ScalingRules, timers: Timers, node: ScaledNode) {
    this.#replicas = replicas;
    this.#rules = rules;
    this.#timers = timers;
    this.#node = node;
    this.#start = node.startVersion;
    this.#timer = timers.create(node.number, (nowMs) => this.#look(nowMs));
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

  #look(nowMs: number): void {
    const { ready, startVersion, draining } = this.#node;
    this.#evaluate(ready && !draining && startVersion === this.#start, nowMs);
    this.#start = ready ? startVersion : -1;
    this.#timers.arm(this.#timer, nowMs + EVALUATION_MS);
  }

  #evaluate(mayShrink: boolean, nowMs: number): void {
    const { ready, starting } = this.#replicas;
    const present = ready + starting;
    const utilisation = this.#utilisation(nowMs);
    const target = this.#rules.targetUtilisation;
    const recommended = recommendedReplicas({ ready, starting, utilisation, target });
    this.#remember(mayShrink ? recommended : Math.max(recommended, present), nowMs);
    this.#replicas.scaleTo(nextReplicas(present, this.#recommended, this.#rules), nowMs);
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
