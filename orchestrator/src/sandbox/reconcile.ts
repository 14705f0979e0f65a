import type { Limits } from '../runtimes/container-runtime.ts';
import type {
  Action,
  Actions,
  ActualContainer,
  ActualState,
  DesiredContainer,
  DesiredState,
} from './desired.ts';

/** Time for what a container holds to end, once nothing new is sent to it. */
const GRACE_SECONDS = 2;
/** A start with little CPU time on a busy machine; a healthy one takes a second. */
const HEALTHY_TIMEOUT_MS = 60_000;
/** Balancers look their servers up when they are configured, and only then. */
const BALANCER_RANK = 2;

/** A container that runs, with what it should be. */
interface Kept {
  readonly desired: DesiredContainer;
  readonly actual: ActualContainer;
}

interface Sorted {
  /** To be made. */
  readonly missing: readonly DesiredContainer[];
  /** Of these, such as stand in the way: dead, or in need of what a running container cannot take. */
  readonly replaced: readonly ActualContainer[];
  readonly kept: readonly Kept[];
  /** Wanted by nobody. */
  readonly surplus: readonly ActualContainer[];
}

/**
 * The fewest actions that bring a session's containers from what is to what should be. Servers join a
 * balancer when they are healthy, and go when no balancer knows them any more.
 */
export function reconcile(desired: DesiredState, actual: ActualState): Actions {
  const sorted = sort(desired, actual);
  const { missing, kept, surplus } = sorted;
  const dead = sorted.replaced.filter((one) => !isRunning(one)).map(({ node }) => node);
  const batches: readonly (readonly Action[])[] = [
    actual.networkExists
      ? []
      : [{ type: 'create-network', name: desired.network, session: desired.session }],
    [
      // The name of a dead server leads nowhere, so that the balancer leaves it out.
      ...kept.filter((one) => sendsTo(one.desired, dead)).map(configureKept),
      ...sorted.replaced.map(remove),
    ],
    [...missing.map(run), ...kept.flatMap((one) => setLimits(one, growing(one)))],
    [...missing.map(({ node }) => node), ...kept.filter(isComing).map(({ actual }) => actual.node)]
      .map(awaitHealthy),
    kept.filter((one) => !isBalancer(one.desired) && isChanged(one)).map(configureKept),
    configureBalancers(sorted),
    [...kept.flatMap((one) => setLimits(one, shrinking(one))), ...surplus.map(remove)],
  ];
  return batches.filter((batch) => batch.length > 0);
}

function sort(desired: DesiredState, actual: ActualState): Sorted {
  const present = new Map(actual.containers.map((one) => [one.node, one]));
  const wanted = new Map(desired.containers.map((one) => [one.node, one]));
  const kept: Kept[] = [];
  const missing: DesiredContainer[] = [];
  const replaced: ActualContainer[] = [];
  for (const container of desired.containers) {
    const found = present.get(container.node);
    if (found !== undefined && serves(found, container)) {
      kept.push({ desired: container, actual: found });
      continue;
    }
    missing.push(container);
    if (found !== undefined) replaced.push(found);
  }
  const isSurplus = (one: ActualContainer) =>
    !wanted.has(one.node) || present.get(one.node) !== one;
  return { missing, replaced, kept, surplus: actual.containers.filter(isSurplus) };
}
