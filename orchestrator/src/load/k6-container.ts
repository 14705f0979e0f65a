import type { ContainerSpec } from '../runtimes/container-runtime.ts';
import { networkName, ownerLabels } from '../sandbox/container.ts';
import { LABELS, ROLES } from '../sandbox/desired.ts';
import { K6_LIMITS } from '../sandbox/outlook.ts';
import { PROMETHEUS_PORT } from '../sandbox/roles/prometheus.ts';
import { PUSH_INTERVAL_MS } from '../telemetry/series-store.ts';

export interface K6Owner {
  readonly session: string;
  readonly heartbeat: string;
  /** Exact local tag. */
  readonly image: string;
}

const NODE_PREFIX = '_k6-';

export const isK6 = (labels: Readonly<Record<string, string>>): boolean =>
  labels[LABELS.node]?.startsWith(NODE_PREFIX) ?? false;

/**
 * A container of k6 that sends nothing until it is ordered to. The label on its figures is never that of another
 * k6, whose counts would be taken for its own.
 */
export function k6Container(owner: K6Owner, generation: number, startedMs: number): ContainerSpec {
  const network = networkName(owner.session);
  const node = `${NODE_PREFIX}${generation}`;
  return {
    ...K6_LIMITS,
    name: `${network}-${node}`,
    image: owner.image,
    labels: { ...ownerLabels(owner), [LABELS.node]: node },
    environment: {
      GENERATION: `${generation}-${startedMs}`,
      K6_PROMETHEUS_RW_SERVER_URL: `http://${ROLES.prometheus}:${PROMETHEUS_PORT}/api/v1/write`,
      K6_PROMETHEUS_RW_PUSH_INTERVAL: `${PUSH_INTERVAL_MS}ms`,
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
