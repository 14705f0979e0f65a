import type { RandomStream, ZipfSampler } from '@project-devops/simulation';
import type { Operation, ServiceConfiguration } from '@project-devops/simulation/protocol';
import type { RunQueue } from './run-queue.ts';
import type { Stores } from './stores.ts';

/** What operations work with. */
export interface Workplace {
  readonly configuration: ServiceConfiguration;
  readonly queue: RunQueue;
  readonly stores: Stores;
  /** Draws how much work a burst or a query is. */
  readonly work: RandomStream;
  /** Draws items and rows. */
  readonly popularity: RandomStream;
  readonly items: ZipfSampler;
  readonly rows: ZipfSampler;
}

type Demand = keyof ServiceConfiguration['demands'];

/** What each operation does, as the model's `vm-basic` has it. */
export const OPERATIONS = {
  static: (place) => burst(place, 'static'),
  compute: (place) => burst(place, 'compute'),
  async read(place) {
    await burst(place, 'read');
    const item = place.items.sample(place.popularity);
    const { stores } = place;
    if (await stores.lookUp(item)) return;
    await stores.read(item, rowsOf(place, 'sql-read'));
    await stores.fill(item);
  },
  async write(place) {
    await burst(place, 'write');
    const { stores, rows, items, popularity } = place;
    await stores.write(rows.sample(popularity), rowsOf(place, 'sql-write'));
    if (stores.hasCache) await stores.forget(items.sample(popularity));
  },
} satisfies Record<Operation, (place: Workplace) => Promise<void>>;

function burst(place: Workplace, demand: Demand): Promise<void> {
  return place.queue.run(cpuMs(place, demand) * place.configuration.roundsPerMs);
}

function rowsOf(place: Workplace, demand: Demand): number {
  return Math.max(1, Math.round(cpuMs(place, demand) * place.configuration.rowsPerMs));
}

function cpuMs({ configuration, work }: Workplace, demand: Demand): number {
  const { meanMs, cv } = configuration.demands[demand];
  return work.serviceTime(meanMs, cv);
}
