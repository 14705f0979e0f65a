import type { ExporterConfiguration } from '@project-devops/simulation/protocol';

/** What a store says of itself; null is what its kind does not have or could not be read. */
export interface StoreReading {
  readonly cpuSeconds: number | null;
  readonly connections: number | null;
  readonly lockWaits: number | null;
  readonly hits: number | null;
  readonly misses: number | null;
  readonly lagSeconds: number | null;
}

/** The watch over one store. */
export interface StoreWatch {
  /** Asks it now; rejects when it does not answer. */
  read(): Promise<StoreReading>;
  close(): void;
}

export type WatchedStore = ExporterConfiguration['stores'][number];
