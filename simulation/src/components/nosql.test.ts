import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { createZipf } from '../kernel/random.ts';
import { measuringProblems } from '../measure-check.ts';
import type { NodeOf, NosqlModel, Topology } from '../protocol/index.ts';
import { withNode, withoutLink, withoutNode } from '../testing/small-town.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { STORE_CLASSES, STORE_DATA, StoreRun, storeTown } from '../testing/store-town.ts';

/** The town without its cache, so that every read asks a database. */
const TOWN = withoutNode(storeTown(), 'cache');

function documents(changes: Partial<NodeOf<'nosql'>>): Topology {
  const node = TOWN.nodes.find(({ kind }) => kind === 'nosql') as NodeOf<'nosql'>;
  return withNode(TOWN, { ...node, ...changes });
}

/** Where a class's requests went in five seconds: calls of SQL and of NoSQL over its requests. */
function calls(topology: Topology, name: keyof typeof STORE_CLASSES) {
  const row = new StoreRun(topology).run(5_000, 50, { [name]: 1 });
  const ratio = (id: string) => Math.round((10 * row(id).offered) / row('*').offered) / 10;
  return { sql: ratio('primary'), nosql: ratio('documents') };
}

function problems(topology: Topology, name: string) {
  const mix = [{ atSeconds: 0, shares: { [name]: 1 } }];
  const load = [{ atSeconds: 0, ratePerSecond: 10 }];
  const rest = { data: STORE_DATA, arrivals: 'poisson', seed: 1, load, warmupSeconds: 0 } as const;
  return measuringProblems({
    topology,
    classes: STORE_CLASSES,
    mix,
    extent: { seconds: 1 },
    ...rest,
  });
}

const SQL = { sql: 1, nosql: 0 };
const NOSQL = { sql: 0, nosql: 1 };

describe('a NoSQL database', () => {
  it.each([
    ['key-value', 'session', NOSQL],
    ['key-value', 'article', SQL],
    ['document', 'session', NOSQL],
    ['document', 'article', NOSQL],
    ['document', 'edit', NOSQL],
    ['graph', 'session', NOSQL],
    ['graph', 'article', SQL],
    ['document', 'report', SQL],
    ['document', 'order', SQL],
  ] as const)('for %s serves %s as it should', (model: NosqlModel, name, expected) => {
    expect(calls(documents({ model }), name)).toEqual(expected);
  });

  it('of each model gets the queries it is made for when there are several', () => {
    const graph = { kind: 'nosql', id: 'graph', size: 'S', model: 'graph' } as const;
    const town = {
      nodes: [...TOWN.nodes, { ...graph, position: { x: 0, y: 0 } }],
      links: [...TOWN.links, { from: 'web', to: 'graph' }],
    };
    const row = new StoreRun(town).run(5_000, 50, { article: 1, session: 1 });
    const sessions = row('graph').offered;
    // Either answers keys, in turn; only one answers documents.
    expect(sessions / row('*').offered).toBeCloseTo(0.25, 1);
    expect(row('documents').offered / row('*').offered).toBeCloseTo(0.75, 1);
    expect(row('*').errors).toEqual({});
  });

  it('leaves a class without a path when nothing else is linked that answers it', () => {
    const town = withoutLink(TOWN, 'web', 'primary');
    expect(problems(town, 'article')).toEqual([]);
    const [problem] = problems(town, 'report');
    expect(problem?.expected).toContain(
      'a link from web to a node of kind sql-replica or sql-primary',
    );
    expect(problem?.expected).toContain('no path serves the class report');
  });

  it('serves other queries from the moment its model changes', () => {
    const run = new StoreRun(TOWN);
    expect(run.run(3_000, 50, { article: 1 })('primary').offered).toBe(0);
    run.change(documents({ model: 'graph' }));
    const after = run.run(3_000, 50, { article: 1 });
    expect(after('primary').offered).toBeGreaterThan(100);
    expect(after('documents').offered).toBeLessThan(3);
  });

  it('takes more reads on the same machine the simpler they are, and no locks', () => {
    const served = (name: 'session' | 'article') => {
      const row = new StoreRun(documents({ size: 'S' })).run(5_000, 600, { [name]: 1 });
      expect(row('documents').lockWaits).toBeNull();
      return row('documents');
    };
    // A quarter of a core at .3 and at .8 ms a read; the server in front takes at most 2 cores / 3 ms.
    expect(served('session').utilisation).toBeLessThan(0.9);
    expect(served('article').utilisation).toBeGreaterThan(0.99);
    expect(served('article').served / 5).toBeGreaterThan(0.9 * (250 / 0.8));
    expect(served('article').served / 5).toBeLessThan(1.1 * (250 / 0.8));
  });
});

describe('a read of a NoSQL database', () => {
  const LAG_MS = 200;
  const WRITES_PER_MS = 0.04;
  const topology = documents({ replicationLagMs: LAG_MS, size: 'XL' });
  const shares = { article: 1, edit: 1 };

  it('is stale as often as a copy that is behind answers it', () => {
    const ratios = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seed) => {
      const run = new StoreRun(topology, { seed });
      run.run(2_000, 2 * WRITES_PER_MS * 1000, shares);
      const row = run.run(30_000, 2 * WRITES_PER_MS * 1000, shares);
      return (row('documents').staleReads ?? 0) / (row('documents').offered / 2);
    });
    const law = createZipf(STORE_DATA.items, STORE_DATA.zipfExponent);
    const written = (rank: number) => 1 - exp(-WRITES_PER_MS * law.probability(rank) * LAG_MS);
    const ranks = Array.from({ length: STORE_DATA.items }, (_, rank) => rank);
    const recent = ranks.reduce((sum, rank) => sum + law.probability(rank) * written(rank), 0);
    expect(errorsOff(estimate(ratios), (2 / 3) * recent)).toBeLessThan(4);
  });

  it('is never stale without lag, nor where nothing is written', () => {
    const row = (town: Topology, of: Readonly<Record<string, number>>) =>
      new StoreRun(town).run(5_000, 80, of)('documents');
    expect(row(documents({ replicationLagMs: 0 }), shares).staleReads).toBe(0);
    expect(row(topology, { article: 1 }).staleReads).toBe(0);
    expect(row(topology, shares).staleReads).toBeGreaterThan(0);
  });
});
