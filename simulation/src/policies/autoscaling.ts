/** What the autoscaler sees of a service. */
interface ScalingView {
  /** Replicas that serve, and those that are still starting. */
  readonly ready: number;
  readonly starting: number;
  /** Mean CPU utilisation of the ready ones, and what it should be. */
  readonly utilisation: number;
  readonly target: number;
}

export interface ScalingBounds {
  readonly min: number;
  readonly most: number;
}

/** A ratio of utilisation to target this near to one changes nothing. */
const TOLERANCE = 0.1;

/**
 * How many replicas there should be, as Kubernetes' HorizontalPodAutoscaler has it: the present number
 * times utilisation over target, rounded up. Starting replicas count as idle when more are wanted, so
 * that those on their way are not asked for twice, and are left out otherwise.
 * Source: kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go, calcPlainMetricReplicas.
 */
export function recommendedReplicas(view: ScalingView): number {
  const { ready, starting, utilisation, target } = view;
  const present = ready + starting;
  if (ready === 0) return present;
  const ratio = utilisation / target;
  if (starting === 0 || ratio <= 1) return isNearOne(ratio) ? present : roundUp(ratio * ready);
  const withIdle = (ratio * ready) / present;
  if (isNearOne(withIdle) || withIdle < 1) return present;
  return Math.max(present, roundUp(withIdle * present));
}

function isNearOne(ratio: number): boolean {
  return Math.abs(ratio - 1) <= TOLERANCE + ROUNDING;
}

/** Products like 3 · (0.8 / 0.6) must not round up past what they are on paper. */
const ROUNDING = 1e-9;

function roundUp(value: number): number {
  return Math.max(0, Math.ceil(value - ROUNDING));
}

/**
 * The number to go to: up at once, but at most to twice as many or four more, whichever is more, in one
 * evaluation; down only to the most that was recommended within the stabilisation window.
 * Source: the autoscaler's default behaviour, kubernetes.io, "Horizontal Pod Autoscaling".
 *
 * `recommended`: the present recommendation and those of the window before it.
 */
export function nextReplicas(
  present: number,
  recommended: readonly number[],
  { min, most }: ScalingBounds,
): number {
  const latest = recommended.at(-1) ?? present;
  const wanted =
    latest >= present
      ? Math.min(latest, Math.max(present * 2, present + 4))
      : Math.min(present, Math.max(...recommended));
  return Math.max(min, Math.min(most, wanted));
}
