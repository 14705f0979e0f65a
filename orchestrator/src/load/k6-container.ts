import type { ContainerSpec } from '../runtimes/container-runtime.ts';
import { networkName, sessionLabels } from '../sandbox/container.ts';
import { LABELS, ROLES } from '../sandbox/desired.ts';
import { K6_LIMITS } from '../sandbox/outlook.ts';
import { PROMETHEUS_PORT } from '../sandbox/roles/prometheus.ts';

export interface K6Owner {
  readonly session: string;
  readonly heartbeat: string;
  /** Exact local tag. */
  readonly image: string;
}

const NODE_PREFIX = '_k6-';

export const isK6 = (labels: Readonly<Record<string, string>>): boolean =>
  labels[LABELS.node]?.startsWith(NODE_PREFIX) ?? false;

/** A container of k6 that sends nothing until it is ordered to; `generation` is told as a label on its figures. */
export function k6Container(owner: K6Owner, generation: number): ContainerSpec {
  const network = networkName(owner.session);
  const node = `${NODE_PREFIX}${generation}`;
  return {
    ...K6_LIMITS,
    name: `${network}-${node}`,
    image: owner.image,
    labels: { ...sessionLabels(owner), [LABELS.node]: node },
    environment: {
      GENERATION: String(generation),
      K6_PROMETHEUS_RW_SERVER_URL: `http://${ROLES.prometheus}:${PROMETHEUS_PORT}/api/v1/write`,
      K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
      K6_PROMETHEUS_RW_STALE_MARKERS: 'false',
    },
    arguments: [],
    pidsLimit: 64,
    scratch: ['/run/devops', '/tmp'].map((path) => ({ path, sizeMiB: 16 })),
    network,
    aliases: [node],
    published: [],
  };
}
