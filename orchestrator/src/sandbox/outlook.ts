import type { Outlook } from '@project-devops/simulation/protocol';
import type { HostFacts, Limits } from '../runtimes/container-runtime.ts';
import type { DesiredState } from './desired.ts';

/** What the generator of load may use. */
export const K6_LIMITS: Limits = { cpuMillicores: 500, memoryMiB: 256 };

/** What will be started, k6 included, told before it is. */
export function outlook(
  desired: DesiredState,
  host: Pick<HostFacts, 'cores'>,
  scale: number,
  missingImages: Outlook['missingImages'],
): Outlook {
  const all = [...desired.containers.map(({ spec }) => spec), K6_LIMITS];
  const cpuMillicores = all.reduce((sum, limits) => sum + limits.cpuMillicores, 0);
  return {
    containers: all.length,
    cpuMillicores,
    memoryMiB: all.reduce((sum, limits) => sum + limits.memoryMiB, 0),
    hostCores: host.cores,
    scale,
    missingImages,
    overcommitted: cpuMillicores > host.cores * 1_000,
  };
}
