import type { ExporterConfiguration } from '@project-devops/simulation/protocol';
import type { ToldReading } from './store-metrics.ts';
import type { StoreReading, StoreWatch, WatchedStore } from './store-watch.ts';

interface Watched {
  readonly store: WatchedStore;
  readonly watch: StoreWatch;
  /** An earlier question is still without its answer. */
  asking: boolean;
}

/** The watches over all stores, asked together. */
export class Exporter {
  readonly #open: (store: WatchedStore) => StoreWatch;
  readonly #patienceMs: number;
  #watched = new Map<string, Watched>();

  /** @param patienceMs a store that has not answered by then counts as down */
  constructor(open: (store: WatchedStore) => StoreWatch, patienceMs: number) {
    this.#open = open;
    this.#patienceMs = patienceMs;
  }

  /** Stores that stay keep their connections. */
  configure({ stores }: ExporterConfiguration): void {
    const before = this.#watched;
    this.#watched = new Map();
    for (const store of stores) {
      const key = [store.kind, store.node, store.host].join(' ');
      const known = before.get(key);
      this.#watched.set(key, known ?? { store, watch: this.#open(store), asking: false });
      before.delete(key);
    }
    for (const { watch } of before.values()) watch.close();
  }

  /** What every store says now; null for one that does not answer in time. */
  read(): Promise<ToldReading[]> {
    return Promise.all(
      [...this.#watched.values()].map(async (watched) => ({
        node: watched.store.node,
        reading: await this.#ask(watched),
      })),
    );
  }

  close(): void {
    this.configure({ stores: [] });
  }

  #ask(watched: Watched): Promise<StoreReading | null> {
    if (watched.asking) return Promise.resolve(null);
    watched.asking = true;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#patienceMs, null);
      const end = (reading: StoreReading | null): void => {
        clearTimeout(timer);
        watched.asking = false;
        resolve(reading);
      };
      watched.watch.read().then(end, () => end(null));
    });
  }
}
