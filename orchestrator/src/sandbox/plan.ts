import { sizeEntryOf } from '@project-devops/simulation';
import type {
  ExporterConfiguration,
  NodeKind,
  SizeEntry,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { desiredContainer, networkName } from './container.ts';
import { type DesiredContainer, type DesiredState, ROLES } from './desired.ts';
import { planNode } from './kinds/kinds.ts';
import type { Around, ContainerPlan } from './kinds/node-plan.ts';
import { NotInContainers } from './kinds/not-in-containers.ts';
import type { PlanInput } from './plan-input.ts';
import { EXPORTER_LIMITS, planExporter } from './roles/exporter.ts';
import { PROMETHEUS_LIMITS, PROMETHEUS_PORT, planPrometheus } from './roles/prometheus.ts';

/** With less a container gets no CPU time worth its name. */
const MINIMUM_MILLICORES = 10;

interface PlannedNode {
  readonly node: TopologyNode;
  readonly size: SizeEntry;
  readonly plan: ContainerPlan;
}

/** The containers that a topology becomes: one a node that has one, and those that watch them. */
export function plan(input: PlanInput): DesiredState {
  refuseCallOptions(input);
  const planned = input.topology.nodes.flatMap((node) => planOne(node, input));
  return {
    session: input.session,
    network: networkName(input.session),
    containers: [...planned.map((one) => container(one, input)), ...observers(planned, input)],
  };
}

/** The service in the containers calls without options of its links; throws NotInContainers. */
function refuseCallOptions({ topology }: PlanInput): void {
  const link = topology.links.find(({ calls }) => calls !== undefined);
  if (link === undefined) return;
  const reason = `containers have no time-outs, retries, circuit breakers or bulkheads on a link, as its link to ${link.to} has`;
  const change = `Take the call options off the link from ${link.from} to ${link.to}`;
  throw new NotInContainers(link.from, reason, change);
}

function planOne(node: TopologyNode, input: PlanInput): readonly PlannedNode[] {
  const size = scaledSize(node, input);
  if (size === null) return [];
  const nodePlan = planNode(node, aroundOf(node, size, input));
  return nodePlan === null ? [] : [{ node, size, plan: nodePlan }];
}

/** Null for a kind without sizes. */
function scaledSize(node: TopologyNode, { catalog, scale }: PlanInput): SizeEntry | null {
  const size = sizeEntryOf(node, catalog);
  if (size === null) return null;
  const cpuMillicores = Math.max(MINIMUM_MILLICORES, Math.round(size.cpuMillicores / scale));
  return { ...size, cpuMillicores };
}

function aroundOf({ id }: TopologyNode, size: SizeEntry, input: PlanInput): Around {
  const { nodes, links } = input.topology;
  const kinds = new Map<string, NodeKind>(nodes.map((node) => [node.id, node.kind]));
  const ofKind = (kind: NodeKind) => (node: string) => kinds.get(node) === kind;
  return {
    input,
    size,
    linked: (kind) =>
      links
        .filter(({ from }) => from === id)
        .map(({ to }) => to)
        .filter(ofKind(kind)),
    linkedFrom: (kind) =>
      links
        .filter(({ to }) => to === id)
        .map(({ from }) => from)
        .filter(ofKind(kind)),
  };
}

function container({ node, size, plan }: PlannedNode, input: PlanInput): DesiredContainer {
  const memoryMiB = Math.max(size.memoryMiB, plan.minimumMemoryMiB);
  return desiredContainer(node.id, plan, { cpuMillicores: size.cpuMillicores, memoryMiB }, input);
}

function observers(planned: readonly PlannedNode[], input: PlanInput): DesiredContainer[] {
  const targets = planned.filter(({ plan }) => plan.rank > 0).map(({ node }) => node.id);
  const exporter = planExporter(storesOf(planned), input.storePassword);
  const prometheus = planPrometheus(targets);
  return [
    desiredContainer(ROLES.exporter, exporter, EXPORTER_LIMITS, input),
    desiredContainer(ROLES.prometheus, prometheus, PROMETHEUS_LIMITS, input, [PROMETHEUS_PORT]),
  ];
}

function storesOf(planned: readonly PlannedNode[]): ExporterConfiguration['stores'] {
  return planned.flatMap(({ node: { id, kind } }) =>
    kind === 'sql-primary' || kind === 'sql-replica' || kind === 'cache'
      ? [{ node: id, host: id, kind }]
      : [],
  );
}
