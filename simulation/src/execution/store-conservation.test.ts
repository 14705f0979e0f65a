import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CACHE_STRATEGIES,
  EVICTION_POLICIES,
  NOSQL_MODELS,
  type NodeOf,
  type Topology,
} from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { withNode, withoutLink } from '../testing/small-town.ts';
import { StoreRun, storeTown } from '../testing/store-town.ts';

/** A player sets options of every store, cuts and restores a link, restarts a node. */
const deed = fc.record({
  cache: fc.record({
    strategy: fc.constantFrom(...CACHE_STRATEGIES),
    eviction: fc.constantFrom(...EVICTION_POLICIES),
    ttlSeconds: fc.constantFrom(null, 0.2, 3),
    coalescing: fc.boolean(),
    flushSeconds: fc.constantFrom(0.1, 2),
  }),
  model: fc.constantFrom(...NOSQL_MODELS),
  edgeTtl: fc.constantFrom(null, 0.5),
  cut: fc.constantFrom('', 'web>documents', 'cache>primary', 'web>cache'),
  restart: fc.constantFrom('', 'edge', 'web', 'cache', 'primary', 'documents'),
  perSecond: fc.constantFrom(20, 100, 400),
  forMs: fc.integer({ min: 1, max: 3_000 }),
});

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** The town with a deed's options and links. */
function townAfter({ cache, model, edgeTtl, cut }: Deed): Topology {
  const town = storeTown(cache);
  const find = <K extends 'cdn' | 'nosql'>(kind: K) =>
    town.nodes.find((node) => node.kind === kind) as NodeOf<K>;
  const changed = withNode(withNode(town, { ...find('nosql'), model }), {
    ...find('cdn'),
    ttlSeconds: edgeTtl,
  });
  const [from = '', to = ''] = cut.split('>');
  return withoutLink(changed, from, to);
}

describe('stores of every kind, whatever is done to them', () => {
  it('lose and gain no request, and come to rest', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.array(deed, { minLength: 1, maxLength: 6 }), (seed, deeds) => {
        const run = new StoreRun(storeTown(), { seed, data: { items: 300, hotRows: 300 } });
        const accounts = new WindowAccounts();
        const check = (row: ReturnType<StoreRun['run']>) => {
          const rows = ['*', 'edge', 'web', 'cache', 'primary', 'documents'].map(row);
          expect(accounts.faultsIn(rows)).toEqual([]);
        };
        for (const each of deeds) {
          run.change(townAfter(each));
          if (each.restart !== '') run.simulator.restart(each.restart);
          check(run.run(each.forMs, each.perSecond));
        }
        run.change(storeTown());
        check(run.run(60_000, 0));
        expect(unrestIn(run.simulator)).toEqual([]);
        const dirty = run.simulator.topology.nodes.map(({ store }) => store?.dirty?.size ?? 0);
        expect(dirty).toEqual(dirty.map(() => 0));
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  it('are the same in every run with the same seed', () => {
    const digest = () => {
      const run = new StoreRun(
        storeTown({ strategy: 'write-back', eviction: 'lfu', coalescing: true }),
      );
      const rows = [run.run(3_000, 100), run.run(3_000, 100)];
      return rows.map((row) => ['*', 'edge', 'cache', 'documents'].map(row));
    };
    expect(digest()).toEqual(digest());
  });
});
