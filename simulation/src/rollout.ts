import type { StateHash } from './kernel/state-hash.ts';
import {
  type Command,
  type DeploymentView,
  MAX_LINKS,
  MAX_NODES,
  type Measurement,
  type NodeId,
  type Refusal,
  WATCH_SECONDS,
} from './protocol/index.ts';
import { emptySample, withRow } from './rules/canary-sample.ts';
import { canaryVerdict } from './rules/canary-verdict.ts';
import {
  type Action,
  advance,
  begin,
  type Deployment,
  isLent,
  isTakenBack,
  nodesOf,
  type Order,
  rollBack,
  type Step,
} from './rules/deployments.ts';
import type { TopologyCommand } from './rules/topology-edits.ts';
import { switched, twinName, withoutNodes, withTwins, withVersion } from './rules/twin-edits.ts';
import type { OperatedStage } from './stage-operations.ts';

type Deploy = Extract<Command, { type: 'deploy' }>;

/** Does what a deployment decides: drains, installs, places twins, switches links; one deployment at a time. */
export class Rollout {
  readonly #stage: OperatedStage;
  #deployment: Deployment | null = null;
  #canary = emptySample();
  #stable = emptySample();
  /** Whether the canary was killed while it was watched: few requests fail with it, but nobody wants more of that. */
  #isCanaryKilled = false;

  constructor(stage: OperatedStage) {
    this.#stage = stage;
  }

  get view(): DeploymentView | null {
    const deployment = this.#deployment;
    if (deployment === null) return null;
    const { version, strategy } = deployment.order;
    return {
      version,
      strategy,
      state: deployment.state,
      isTakenBack: isTakenBack(deployment),
      nodes: nodesOf(deployment),
    };
  }

  /** Why a deployment cannot begin beside what is there; null when it can. */
  refusal({ version, nodes, strategy }: Deploy): Refusal | null {
    const deployment = this.#deployment;
    if (deployment !== null && deployment.state !== 'over') {
      return { code: 'deployment-under-way', subject: deployment.order.version };
    }
    if (strategy !== 'blue-green') return null;
    const { topology } = this.#stage.now();
    if (topology.nodes.length + nodes.length > MAX_NODES) {
      return { code: 'too-many-nodes', subject: version, details: { max: MAX_NODES } };
    }
    const links = topology.links.filter(({ from }) => nodes.includes(from)).length;
    return topology.links.length + links > MAX_LINKS
      ? { code: 'too-many-links', subject: version, details: { max: MAX_LINKS } }
      : null;
  }

  /** Why a node's worth cannot be changed by a command beside a deployment; null when it can. */
  tradeRefusal(command: TopologyCommand): Refusal | null {
    const deployment = this.#deployment;
    if (command.type !== 'remove-node' && command.type !== 'resize-node') return null;
    return deployment !== null && isLent(deployment, command.id)
      ? { code: 'deployment-under-way', subject: deployment.order.version }
      : null;
  }

  /** A deployment under way is given up, and its nodes are left as they are. */
  giveUp(): void {
    const deployment = this.#deployment;
    this.#deployment = null;
    if (deployment === null || deployment.state === 'over') return;
    const { version } = deployment.order;
    this.#stage.tell({ type: 'deployment-ended', version, outcome: 'given-up' });
  }

  begin({ version, nodes, strategy, watchSeconds = WATCH_SECONDS.default }: Deploy): void {
    const { topology, seconds } = this.#stage.now();
    const before = Object.fromEntries(
      topology.nodes
        .filter(({ id }) => nodes.includes(id))
        .map((node) => [node.id, 'version' in node ? (node.version ?? null) : null]),
    );
    const order: Order = { version, strategy, nodes, before, watchMs: watchSeconds * 1000 };
    this.#stage.tell({ type: 'deployment-began', version, strategy, count: nodes.length });
    const names = new Set(topology.nodes.map(({ id }) => id));
    const twinOf = (node: NodeId) => {
      const name = twinName(node, names);
      names.add(name);
      return name;
    };
    this.#take(begin(order, seconds * 1000, twinOf));
  }

  /** False when nothing can be taken back. */
  rollBack(): boolean {
    if (this.#deployment === null) return false;
    const step = rollBack(this.#deployment, this.#stage.now().seconds * 1000);
    if (step === null) return false;
    this.#take(step);
    return true;
  }

  /** A node's memory was full, and it starts anew. */
  killed(node: NodeId): void {
    const deployment = this.#deployment;
    if (deployment?.state === 'watching' && deployment.node === node) this.#isCanaryKilled = true;
  }

  advance(rows: readonly Measurement[]): void {
    const deployment = this.#deployment;
    if (deployment === null || deployment.state === 'over') return;
    if (deployment.state === 'watching') this.#watch(deployment, rows);
    const { simulator, topology, seconds } = this.#stage.now();
    const isThere = (node: NodeId) => topology.nodes.some(({ id }) => id === node);
    const step = advance(deployment, {
      nowMs: seconds * 1000,
      isThere,
      isReady: (node) => !isThere(node) || simulator.isReady(node),
      isIdle: (node) => simulator.isIdle(node),
      verdict: () => (this.#isCanaryKilled ? 'bad' : canaryVerdict(this.#canary, this.#stable)),
    });
    this.#take(step);
  }

  mixInto(hash: StateHash): void {
    if (this.#deployment !== null) hash.mixText(JSON.stringify(this.#deployment));
  }

  #watch({ node, left }: { node: NodeId; left: readonly NodeId[] }, rows: readonly Measurement[]) {
    for (const row of rows) {
      if (row.node === node) this.#canary = withRow(this.#canary, row);
      else if (left.includes(row.node)) this.#stable = withRow(this.#stable, row);
    }
  }

  #take({ deployment, actions }: Step): void {
    const before = this.#deployment;
    this.#deployment = deployment;
    for (const action of actions) this.#perform(action, deployment.order);
    if (deployment.state === 'watching' && before?.state !== 'watching') {
      this.#canary = emptySample();
      this.#stable = emptySample();
      this.#isCanaryKilled = false;
    }
    if (deployment.state === 'over' && before?.state !== 'over') {
      const { outcome, order } = deployment;
      this.#stage.tell({ type: 'deployment-ended', version: order.version, outcome });
    }
  }

  #perform(action: Action, { version }: Order): void {
    const stage = this.#stage;
    const { simulator, topology } = stage.now();
    switch (action.do) {
      case 'drain':
        return simulator.drain(action.node);
      case 'install':
        if (!topology.nodes.some(({ id }) => id === action.node)) return;
        stage.adopt(withVersion(topology, action.node, action.version));
        simulator.restart(action.node);
        return stage.tell({ type: 'node-restarted', node: action.node });
      case 'place-twins':
        return stage.adopt(withTwins(topology, action.twins, action.version));
      case 'switch':
        return stage.adopt(switched(topology, action.pairs));
      case 'remove':
        return stage.adopt(withoutNodes(topology, action.nodes));
      case 'tell-verdict':
        if (action.verdict === 'unsure') return;
        return stage.tell({
          type: 'canary-judged',
          node: action.node,
          version,
          verdict: action.verdict,
        });
    }
  }
}
