import type { ExporterConfiguration } from '@project-devops/simulation/protocol';
import type { ContainerPlan } from '../kinds/node-plan.ts';

export const EXPORTER_LIMITS = { cpuMillicores: 100, memoryMiB: 96 };

/** Watches the stores, which tell Prometheus nothing themselves. */
export function planExporter(
  stores: ExporterConfiguration['stores'],
  storePassword: string,
): ContainerPlan {
  const configuration: ExporterConfiguration = { stores };
  return {
    image: 'service',
    rank: 3,
    arguments: ['exporter'],
    configuration: JSON.stringify(configuration),
    fixed: '',
    environment: { STORE_PASSWORD: storePassword },
    minimumMemoryMiB: EXPORTER_LIMITS.memoryMiB,
    pidsLimit: 64,
    dataMiB: null,
  };
}
