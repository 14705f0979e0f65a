import {
  type Action,
  type Actions,
  type ActualContainer,
  type ActualState,
  type DesiredContainer,
  type DesiredState,
  LABELS,
} from './desired.ts';
import { primaryOf } from './kinds/postgres.ts';

/** Time for what a container holds to end, once nothing new is sent to it. */
const GRACE_SECONDS = 2;
/** A start with little CPU time on a busy machine; a healthy one takes a second. */
const HEALTHY_TIMEOUT_MS = 60_000;
/** Balancers look their servers up when they are configured, and only then. */
const BALANCER_RANK = 2;

/** A container that goes on, with what it should be. */
interface Kept {
  readonly desired: DesiredContainer;
  readonly actual: ActualContainer;
}

interface Sorted {
  /** To be made. */
  readonly missing: readonly DesiredContainer[];
  /** In the way of these: dead, or in need of what a running container cannot take. */
  readonly replaced: readonly ActualContainer[];
  readonly kept: readonly Kept[];
  /** Wanted by nobody. */
  readonly surplus: readonly ActualContainer[];
}

/**
 * The fewest actions that bring a session's containers from what is to what should be. A server joins its
 * balancers when it is healthy, and goes when no balancer knows it any more.
 */
export function reconcile(desired: DesiredState, actual: ActualState): Actions {
  const sorted = sort(desired, actual);
  const { missing, replaced, kept, surplus } = sorted;
  const batches: Actions = [
    actual.networkExists
      ? []
      : [{ type: 'create-network', name: desired.network, session: desired.session }],
    [...leaveOutTheDead(sorted), ...replaced.map(remove)],
    [...missing.map(run), ...kept.filter(needsMore).map(setLimits)],
    [...missing.map(({ node }) => node), ...kept.filter(isComing).map(nodeOf)].map(awaitHealthy),
    kept.filter((one) => isAsked(one.desired) && isChanged(one)).map(configure),
    [
      ...configureBalancers(sorted),
      ...kept.filter((one) => isObserver(one.desired) && isChanged(one)).map(configure),
    ],
    [...kept.filter(needsLess).map(setLimits), ...surplus.map(remove)],
  ];
  return batches.filter((batch) => batch.length > 0);
}

function sort(desired: DesiredState, actual: ActualState): Sorted {
  const present = new Map(actual.containers.map((one) => [one.node, one]));
  const pairs = desired.containers.map((one) => ({ one, found: present.get(one.node) }));
  const fit = pairs.flatMap(({ one, found }) =>
    found !== undefined && canBecome(found, one) ? [{ desired: one, actual: found }] : [],
  );
  const fitNodes = new Set(fit.map(nodeOf));
  const kept = fit.filter((one) => hasItsSource(one, fitNodes));
  const goingOn = new Set(kept.map(nodeOf));
  const wanted = new Set(desired.containers.map(({ node }) => node));
  return {
    kept,
    missing: desired.containers.filter(({ node }) => !goingOn.has(node)),
    replaced: actual.containers.filter(({ node }) => wanted.has(node) && !goingOn.has(node)),
    surplus: actual.containers.filter(({ node }) => !wanted.has(node)),
  };
}

function canBecome(actual: ActualContainer, desired: DesiredContainer): boolean {
  return isRunning(actual) && actual.fingerprint === fingerprintOf(desired);
}

/** A copy follows the very primary that it was made from: a new one has other data, and so the copy is made anew. */
function hasItsSource({ desired }: Kept, goingOn: ReadonlySet<string>): boolean {
  const primary = primaryOf(desired.configuration);
  return primary === null || goingOn.has(primary);
}

function isRunning({ state }: ActualContainer): boolean {
  return state.phase !== 'exited' && state.phase !== 'created';
}

const fingerprintOf = ({ spec }: DesiredContainer) => spec.labels[LABELS.fingerprint];
const nodeOf = ({ desired }: Kept) => desired.node;
const isBalancer = ({ rank }: DesiredContainer) => rank === BALANCER_RANK;
const isObserver = ({ rank }: DesiredContainer) => rank > BALANCER_RANK;
/** Stores and servers, which are ready for what they will be asked before it is asked. */
const isAsked = ({ rank }: DesiredContainer) => rank < BALANCER_RANK;
const isComing = ({ actual }: Kept) =>
  actual.state.health === 'starting' || actual.state.phase === 'restarting';
const isChanged = ({ desired, actual }: Kept) => actual.configuration !== desired.configuration;

/** Memory shrinks only after the program inside was told to use less, and grows before. */
const needsLess = ({ desired, actual }: Kept) => desired.spec.memoryMiB < actual.state.memoryMiB;
const needsMore = (one: Kept) =>
  !needsLess(one) &&
  (one.desired.spec.memoryMiB !== one.actual.state.memoryMiB ||
    one.desired.spec.cpuMillicores !== one.actual.state.cpuMillicores);

/** A dead server's name leads nowhere, so that a balancer which looks it up anew leaves it out. */
function leaveOutTheDead({ kept, replaced }: Sorted): readonly Action[] {
  const dead = replaced.filter((one) => !isRunning(one)).map(({ node }) => node);
  return kept.filter(({ desired }) => sendsTo(desired, dead)).map(configure);
}

/** New ones too: when they started, their servers may not have been there. */
function configureBalancers({ kept, missing }: Sorted): readonly Action[] {
  const made = missing.map(({ node }) => node);
  return [
    ...kept
      .filter((one) => isBalancer(one.desired) && (isChanged(one) || sendsTo(one.desired, made)))
      .map(configure),
    ...missing.filter((one) => sendsTo(one, made)).map(configureMade),
  ];
}

/** Whether it is a balancer whose configuration names one of the nodes. */
function sendsTo(container: DesiredContainer, nodes: readonly string[]): boolean {
  if (!isBalancer(container)) return false;
  const words = new Set(container.configuration.split(/[^a-z0-9-]+/));
  return nodes.some((node) => node !== container.node && words.has(node));
}

const run = (container: DesiredContainer): Action => ({ type: 'run', container });

const awaitHealthy = (node: string): Action => ({
  type: 'await-healthy',
  node,
  timeoutMs: HEALTHY_TIMEOUT_MS,
});

const configure = ({ desired: { node, configuration }, actual }: Kept): Action => ({
  type: 'configure',
  node,
  id: actual.state.id,
  configuration,
});

const configureMade = ({ node, configuration }: DesiredContainer): Action => ({
  type: 'configure',
  node,
  id: null,
  configuration,
});

const setLimits = ({ desired: { node, spec }, actual }: Kept): Action => ({
  type: 'set-limits',
  node,
  id: actual.state.id,
  limits: { cpuMillicores: spec.cpuMillicores, memoryMiB: spec.memoryMiB },
});

const remove = (one: ActualContainer): Action => ({
  type: 'remove',
  node: one.node,
  id: one.state.id,
  graceSeconds: isRunning(one) ? GRACE_SECONDS : 0,
});
