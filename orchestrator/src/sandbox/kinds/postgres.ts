import type { Around, ContainerPlan } from './node-plan.ts';

/** Shared by primary and replica: connections can be changed while it runs, `fixed` lines cannot. */
export function postgres({ input, size }: Around, fixed: readonly string[]): ContainerPlan {
  return {
    image: 'postgres',
    rank: 0,
    arguments: [],
    configuration: [...fixed, `max_connections=${size.connections}`].join('\n'),
    fixed: fixed.join('\n'),
    environment: { STORE_PASSWORD: input.storePassword },
    minimumMemoryMiB: 256,
    pidsLimit: 400,
    dataMiB: 512,
  };
}

/** The node that a store copies its data from; null for one that has its own. */
export function primaryOf(configuration: string): string | null {
  return /^primary=(.+)$/m.exec(configuration)?.[1] ?? null;
}
