import type { ExporterConfiguration } from '@project-devops/simulation/protocol';

type Store = ExporterConfiguration['stores'][number];

/** What a store tells; null for what it does not have. */
export interface StoreReading {
  readonly cpuSeconds: number | null;
  readonly connections: number | null;
  readonly lockWaits: number | null;
  readonly hits: number | null;
  readonly misses: number | null;
  readonly lagSeconds: number | null;
}

export interface StoreWatch {
  /** Rejects when the store does not answer. */
  read(): Promise<StoreReading>;
  close(): void;
}

/** A look at one store: null when it did not answer in time. */
export interface Look {
  readonly node: string;
  readonly reading: StoreReading | null;
}

/** A store that does not answer within this time is told as down; a scrape waits 900 ms at most. */
const DEADLINE_MS = 700;

/** One watch for each store of the present configuration. */
export class StoreWatches {
  readonly #open: (store: Store) => StoreWatch;
  #watches = new Map<string, { readonly store: Store; readonly watch: StoreWatch }>();

  constructor(open: (store: Store) => StoreWatch) {
    this.#open = open;
  }

  /** Watches exactly these stores from now on; those watched already go on. */
  watch(stores: readonly Store[]): void {
    const before = this.#watches;
    this.#watches = new Map();
    for (const store of stores) {
      const key = JSON.stringify(store);
      this.#watches.set(key, before.get(key) ?? { store, watch: this.#open(store) });
      before.delete(key);
    }
    for (const { watch } of before.values()) watch.close();
  }

  /** Asks all stores at once. Never rejects. */
  look(): Promise<Look[]> {
    return Promise.all(
      [...this.#watches.values()].map(async ({ store, watch }) => ({
        node: store.node,
        reading: await inTime(watch.read()),
      })),
    );
  }
}

async function inTime(reading: Promise<StoreReading>): Promise<StoreReading | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), DEADLINE_MS);
  });
  try {
    return await Promise.race([reading, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
