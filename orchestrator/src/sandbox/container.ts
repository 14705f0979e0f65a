import { createHash } from 'node:crypto';
import type { ContainerSpec, Limits } from '../runtimes/container-runtime.ts';
import { type DesiredContainer, LABELS, sessionLabels } from './desired.ts';
import type { ContainerPlan } from './kinds/node-plan.ts';
import type { PlanInput } from './plan-input.ts';

type Owner = Pick<PlanInput, 'session' | 'images' | 'heartbeat'>;

/** Room for configuration and sockets, and for what programs put into `/tmp`. */
const SCRATCH_MIB = 16;

export const networkName = (session: string) => `project-devops-${session}`;

/** A container with everything that each of ours has: labels, names, scratch folders, limits. */
export function desiredContainer(
  node: string,
  plan: ContainerPlan,
  limits: Limits,
  owner: Owner,
  published: readonly number[] = [],
): DesiredContainer {
  const body = {
    ...limits,
    name: `${networkName(owner.session)}-${node}`,
    image: owner.images[plan.image],
    arguments: plan.arguments,
    pidsLimit: plan.pidsLimit,
    scratch: scratchOf(plan),
    network: networkName(owner.session),
    aliases: [node],
    published,
  };
  const labels = {
    ...ownerLabels(owner),
    [LABELS.node]: node,
    [LABELS.fingerprint]: fingerprint(body, plan),
  };
  const environment = { ...plan.environment, CONFIGURATION: plan.configuration };
  return {
    node,
    spec: { ...body, labels, environment },
    configuration: plan.configuration,
    rank: plan.rank,
  };
}

/** What everything of a session is made with: whose it is, and where its owner's heartbeat is. */
export function ownerLabels({ session, heartbeat }: Pick<Owner, 'session' | 'heartbeat'>) {
  return { ...sessionLabels(session), [LABELS.heartbeat]: heartbeat };
}

function scratchOf({ dataMiB }: ContainerPlan): ContainerSpec['scratch'] {
  const common = ['/run/devops', '/tmp'].map((path) => ({ path, sizeMiB: SCRATCH_MIB }));
  return dataMiB === null ? common : [...common, { path: '/data', sizeMiB: dataMiB }];
}

/** Hash of what a running container cannot take: everything but the limits and the live part of its configuration. */
function fingerprint(
  {
    cpuMillicores: _cpu,
    memoryMiB: _memory,
    ...lasting
  }: Omit<ContainerSpec, 'labels' | 'environment'>,
  { environment, fixed }: ContainerPlan,
): string {
  const text = JSON.stringify([lasting, Object.entries(environment).sort(), fixed]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
