import type { NodeId, Strategy } from '../protocol/index.ts';
import type { Verdict } from './canary-verdict.ts';

/** Longest time a node is given to finish what it holds before it is restarted all the same. */
const GRACE_MS = 30_000;

/** A version as a node runs it; null for the one without a name that runs at first. */
export type Version = string | null;

/** A node, and the one that takes its place in a blue-green deployment. */
export interface Twins {
  readonly old: NodeId;
  readonly twin: NodeId;
}

export interface Order {
  readonly version: string;
  readonly strategy: Strategy;
  readonly nodes: readonly NodeId[];
  /** What the nodes ran before. */
  readonly before: Readonly<Record<NodeId, Version>>;
  readonly watchMs: number;
}

/** Nodes are renewed one after another: drained, restarted with a version, and back in service before the next. */
interface Renewal {
  readonly node: NodeId;
  readonly sinceMs: number;
  readonly left: readonly NodeId[];
  readonly isTakenBack: boolean;
}

/** Where a deployment stands. */
export type Deployment = { readonly order: Order } & (
  | { readonly state: 'starting-all'; readonly isTakenBack: boolean }
  | ({ readonly state: 'draining' | 'starting' } & Renewal)
  | {
      readonly state: 'watching';
      readonly node: NodeId;
      readonly sinceMs: number;
      readonly left: readonly NodeId[];
    }
  | { readonly state: 'starting-twins'; readonly twins: readonly Twins[] }
  | { readonly state: 'keeping'; readonly twins: readonly Twins[]; readonly sinceMs: number }
  /** The set that takes no calls any more finishes what it holds, and is then removed. */
  | {
      readonly state: 'retiring';
      readonly nodes: readonly NodeId[];
      readonly sinceMs: number;
      readonly isTakenBack: boolean;
    }
  | {
      readonly state: 'over';
      readonly outcome: 'done' | 'rolled-back';
      /** Nodes that can still be taken back. */
      readonly renewed: readonly NodeId[];
    }
);

/** What is to be done; the engine does it. */
export type Action =
  /** Sends the node no new requests. */
  | { readonly do: 'drain'; readonly node: NodeId }
  /** Restarts the node with a version. */
  | { readonly do: 'install'; readonly node: NodeId; readonly version: Version }
  | { readonly do: 'place-twins'; readonly twins: readonly Twins[]; readonly version: string }
  /** All calls to the first of each pair go to the second from now on. */
  | { readonly do: 'switch'; readonly pairs: readonly { from: NodeId; to: NodeId }[] }
  | { readonly do: 'remove'; readonly nodes: readonly NodeId[] }
  | { readonly do: 'tell-verdict'; readonly node: NodeId; readonly verdict: Verdict };

export interface Step {
  readonly deployment: Deployment;
  readonly actions: readonly Action[];
}

/** What a deployment sees of the run. A node that is gone is ready and idle: nobody waits for it. */
export interface Sight {
  readonly nowMs: number;
  isThere(node: NodeId): boolean;
  isReady(node: NodeId): boolean;
  isIdle(node: NodeId): boolean;
  /** How a canary compares with the other nodes so far. */
  verdict(): Verdict;
}

/** A deployment's first step. `twinOf` names the second node of a pair. */
export function begin(order: Order, nowMs: number, twinOf: (node: NodeId) => NodeId): Step {
  const { nodes, version } = order;
  switch (order.strategy) {
    case 'big-bang':
      return installAll(order, nodes, false);
    case 'rolling':
    case 'canary':
      return renew(order, nodes, false, nowMs);
    case 'blue-green': {
      const twins = nodes.map((old) => ({ old, twin: twinOf(old) }));
      return {
        deployment: { order, state: 'starting-twins', twins },
        actions: [{ do: 'place-twins', twins, version }],
      };
    }
  }
}

/** The next step; the same deployment without actions while there is nothing to do but wait. */
export function advance(deployment: Deployment, sight: Sight): Step {
  const { order } = deployment;
  const waiting: Step = { deployment, actions: [] };
  switch (deployment.state) {
    case 'starting-all':
      if (!order.nodes.every((node) => sight.isReady(node))) return waiting;
      return over(order, deployment.isTakenBack ? [] : order.nodes, deployment.isTakenBack);
    case 'draining':
      return isDrained(deployment, sight) ? install(deployment, sight.nowMs) : waiting;
    case 'starting':
      return sight.isReady(deployment.node) ? renewed(deployment, sight.nowMs) : waiting;
    case 'watching':
      return sight.nowMs < deployment.sinceMs + order.watchMs ? waiting : judge(deployment, sight);
    case 'starting-twins': {
      const { twins } = deployment;
      if (!twins.every(({ twin }) => sight.isReady(twin))) return waiting;
      const pairs = twins.map(({ old, twin }) => ({ from: old, to: twin }));
      const kept: Deployment = { order, state: 'keeping', twins, sinceMs: sight.nowMs };
      return { deployment: kept, actions: [{ do: 'switch', pairs }] };
    }
    case 'keeping': {
      if (sight.nowMs < deployment.sinceMs + order.watchMs) return waiting;
      const nodes = deployment.twins.map(({ old }) => old);
      return { deployment: retiring(order, nodes, sight.nowMs, false), actions: [] };
    }
    case 'retiring': {
      const { nodes, sinceMs } = deployment;
      const isLate = sight.nowMs >= sinceMs + GRACE_MS;
      if (!isLate && !nodes.every((node) => sight.isIdle(node))) return waiting;
      return { ...over(order, [], deployment.isTakenBack), actions: [{ do: 'remove', nodes }] };
    }
    case 'over':
      return waiting;
  }
}

/** Takes a deployment back; null when nothing of it can be. */
export function rollBack(deployment: Deployment, nowMs: number): Step | null {
  const { order } = deployment;
  switch (deployment.state) {
    case 'starting-all':
      return deployment.isTakenBack ? null : installAll(order, order.nodes, true);
    case 'draining':
    case 'starting':
      return deployment.isTakenBack ? null : renew(order, touched(deployment), true, nowMs);
    case 'watching':
      return renew(order, [deployment.node], true, nowMs);
    case 'starting-twins':
    case 'keeping':
      return takeTwinsAway(deployment, nowMs);
    case 'retiring':
      return null;
    case 'over': {
      if (deployment.renewed.length === 0) return null;
      return order.strategy === 'big-bang'
        ? installAll(order, deployment.renewed, true)
        : renew(order, deployment.renewed, true, nowMs);
    }
  }
}

/** Whether its nodes get, or have got, the version back that they had before. */
export function isTakenBack(deployment: Deployment): boolean {
  if (deployment.state === 'over') return deployment.outcome === 'rolled-back';
  return 'isTakenBack' in deployment && deployment.isTakenBack;
}

/** Whether a node is one of a pair of which one will be taken away: it is only lent, and cannot be traded. */
export function isLent(deployment: Deployment, node: NodeId): boolean {
  const { order, state } = deployment;
  return order.strategy === 'blue-green' && state !== 'over' && nodesOf(deployment).includes(node);
}

/** Every node a deployment is about. */
export function nodesOf(deployment: Deployment): readonly NodeId[] {
  const twins = 'twins' in deployment ? deployment.twins.map(({ twin }) => twin) : [];
  const retired = deployment.state === 'retiring' ? deployment.nodes : [];
  return [...new Set([...deployment.order.nodes, ...twins, ...retired])];
}

function installAll(order: Order, nodes: readonly NodeId[], isTakenBack: boolean): Step {
  const actions = nodes.map((node) => installation(order, node, isTakenBack));
  return { deployment: { order, state: 'starting-all', isTakenBack }, actions };
}

function installation(order: Order, node: NodeId, isTakenBack: boolean): Action {
  const version = isTakenBack ? (order.before[node] ?? null) : order.version;
  return { do: 'install', node, version };
}

/** Begins to renew nodes, the first of them now. */
function renew(
  order: Order,
  [node, ...left]: readonly NodeId[],
  isTakenBack: boolean,
  sinceMs: number,
): Step {
  if (node === undefined) return over(order, isTakenBack ? [] : order.nodes, isTakenBack);
  return {
    deployment: { order, state: 'draining', node, sinceMs, left, isTakenBack },
    actions: [{ do: 'drain', node }],
  };
}

type Renewing = Extract<Deployment, { state: 'draining' | 'starting' }>;

function isDrained({ node, sinceMs }: Renewing, sight: Sight): boolean {
  return sight.isIdle(node) || sight.nowMs >= sinceMs + GRACE_MS;
}

function install(deployment: Renewing, sinceMs: number): Step {
  const { order, node, isTakenBack } = deployment;
  return {
    deployment: { ...deployment, state: 'starting', sinceMs },
    actions: [installation(order, node, isTakenBack)],
  };
}

/** A node runs its version; the first one of a canary is watched now. */
function renewed({ order, node, left, isTakenBack }: Renewing, nowMs: number): Step {
  const isCanary = order.strategy === 'canary' && !isTakenBack && node === order.nodes[0];
  if (!isCanary) return renew(order, left, isTakenBack, nowMs);
  return { deployment: { order, state: 'watching', node, sinceMs: nowMs, left }, actions: [] };
}

/** A canary that is down by then is bad; one that is gone before it could be judged speaks for nothing, and its release goes no further. */
function judge(deployment: Extract<Deployment, { state: 'watching' }>, sight: Sight): Step {
  const { order, node, left } = deployment;
  const { nowMs } = sight;
  const verdict = sight.isReady(node) ? sight.verdict() : 'bad';
  if (verdict === 'unsure') {
    return sight.isThere(node) ? { deployment, actions: [] } : renew(order, [node], true, nowMs);
  }
  const next =
    verdict === 'good' ? renew(order, left, false, nowMs) : renew(order, [node], true, nowMs);
  return { ...next, actions: [{ do: 'tell-verdict', node, verdict }, ...next.actions] };
}

/** Nodes that run the new version, or are about to. */
function touched({ order, node, left }: Renewing): readonly NodeId[] {
  return order.nodes.filter((other) => other === node || !left.includes(other));
}

function takeTwinsAway(
  { order, twins, state }: Extract<Deployment, { state: 'starting-twins' | 'keeping' }>,
  nowMs: number,
): Step {
  const pairs = twins.map(({ old, twin }) => ({ from: twin, to: old }));
  const nodes = twins.map(({ twin }) => twin);
  return {
    deployment: retiring(order, nodes, nowMs, true),
    actions: state === 'keeping' ? [{ do: 'switch', pairs }] : [],
  };
}

function retiring(
  order: Order,
  nodes: readonly NodeId[],
  sinceMs: number,
  isTakenBack: boolean,
): Deployment {
  return { order, state: 'retiring', nodes, sinceMs, isTakenBack };
}

function over(order: Order, renewed: readonly NodeId[], isTakenBack: boolean): Step {
  const outcome = isTakenBack ? 'rolled-back' : 'done';
  return { deployment: { order, state: 'over', outcome, renewed }, actions: [] };
}
