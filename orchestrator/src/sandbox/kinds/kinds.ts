import type { NodeKind, TopologyNode } from '@project-devops/simulation/protocol';
import { planCache } from './cache.ts';
import { planClients } from './clients.ts';
import { planLoadBalancer } from './load-balancer.ts';
import type { Around, ContainerPlan, PlanNode } from './node-plan.ts';
import { notYetInContainers } from './not-in-containers.ts';
import { planSqlPrimary } from './sql-primary.ts';
import { planSqlReplica } from './sql-replica.ts';
import { planVmBasic } from './vm-basic.ts';

const PLANS = {
  clients: planClients,
  'load-balancer': planLoadBalancer,
  'api-gateway': notYetInContainers,
  waf: notYetInContainers,
  'vm-basic': planVmBasic,
  'vm-high-cpu': notYetInContainers,
  serverless: notYetInContainers,
  container: notYetInContainers,
  'socket-gateway': notYetInContainers,
  'sql-primary': planSqlPrimary,
  'sql-replica': planSqlReplica,
  cache: planCache,
  cdn: notYetInContainers,
  nosql: notYetInContainers,
  queue: notYetInContainers,
  worker: notYetInContainers,
  monitoring: notYetInContainers,
} satisfies { readonly [K in NodeKind]: PlanNode<K> };

/** What a node becomes; null when it has no container. */
export function planNode(node: TopologyNode, around: Around): ContainerPlan | null {
  return (PLANS[node.kind] as PlanNode<NodeKind>)(node, around);
}
