import { describe, expect, it } from 'vitest';
import { BEHIND_BALANCERS, ENTRANCES } from './components/kind-groups.ts';
import { MEASURING_LIMITS, type Measuring } from './measure.ts';
import { measuringProblems } from './measure-check.ts';
import type { RequestClass, Topology, TopologyNode } from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { SHARES, SMALL_TOWN, withoutLink, withoutNode } from './testing/small-town.ts';

const TOWN: Measuring = {
  topology: SMALL_TOWN,
  classes: helloWorld.classes,
  mix: [{ atSeconds: 0, shares: SHARES }],
  data: helloWorld.data,
  arrivals: 'poisson',
  seed: 1,
  load: [{ atSeconds: 0, ratePerSecond: 10 }],
  warmupSeconds: 0,
  extent: { seconds: 10 },
};

const position = { x: 0, y: 0 };

function lacks(changes: Partial<Measuring>) {
  return measuringProblems({ ...TOWN, ...changes }).map(({ expected }) => expected);
}

const noPath = (link: string, ...names: readonly string[]) =>
  names.map((name) => `a link from ${link}: no path serves the class ${name}`);

describe('what a topology must serve', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'is served by the stage %s as it begins',
    (_, { topology, classes, mix, data }) => {
      expect(lacks({ topology, classes, mix, data })).toEqual([]);
    },
  );

  it('is served when one of several servers can', () => {
    expect(lacks({})).toEqual([]);
    let topology = withoutLink(SMALL_TOWN, 'web-1', 'primary');
    expect(lacks({ topology })).toEqual([]);
    topology = withoutLink(topology, 'web-2', 'primary');
    expect(lacks({ topology })).toEqual(noPath('web-1 to a node of kind sql-primary', 'signup'));
  });

  it('is not served by clients or a balancer that lead nowhere', () => {
    const all = Object.keys(SHARES);
    expect(lacks({ topology: withoutLink(SMALL_TOWN, 'clients', 'balancer') })).toEqual(
      noPath(`clients to a node of kind ${ENTRANCES.join(' or ')}`, ...all),
    );
    const alone = withoutNode(withoutNode(SMALL_TOWN, 'web-1'), 'web-2');
    expect(lacks({ topology: alone })).toEqual(
      noPath(`balancer to a node of kind ${BEHIND_BALANCERS.join(' or ')}`, ...all),
    );
  });

  it('is not served by a cache alone: a miss must be read somewhere', () => {
    const topology = withoutNode(withoutNode(SMALL_TOWN, 'primary'), 'replica');
    expect(lacks({ topology })).toEqual([
      ...noPath('web-1 to a node of kind sql-replica or sql-primary', 'browse', 'search'),
      ...noPath('web-1 to a node of kind sql-primary', 'signup'),
    ]);
  });

  it('is not served by a node that does nothing of what is asked', () => {
    const chat = { operations: ['message' as const], revenue: 0, onTimeMs: 100, timeoutMs: 100 };
    const mix = [{ atSeconds: 0, shares: { chat: 1 } }];
    expect(lacks({ classes: { chat }, mix })).toEqual([
      'a link to another node in place of web-1, which does not do what is asked of it: no path serves the class chat',
    ]);
  });

  it('is not served by a gateway that is told to send it where no link leads, whatever else is linked', () => {
    const topology: Topology = {
      nodes: SMALL_TOWN.nodes.map((node) =>
        node.kind === 'load-balancer'
          ? { kind: 'api-gateway', id: node.id, size: 'S', position, classes: { home: 'web-9' } }
          : node,
      ),
      links: SMALL_TOWN.links,
    };
    expect(lacks({ topology })).toEqual(
      noPath('balancer to web-9, where balancer is told to send it', 'home'),
    );
  });

  it('leaves out classes that nobody asks for', () => {
    const topology = withoutNode(withoutNode(SMALL_TOWN, 'primary'), 'replica');
    expect(lacks({ topology, mix: [{ atSeconds: 0, shares: { home: 1, signup: 0 } }] })).toEqual(
      [],
    );
  });

  it('says where in the file', () => {
    const topology = withoutLink(SMALL_TOWN, 'clients', 'balancer');
    expect(measuringProblems({ ...TOWN, topology })[0]?.path).toBe('/topology/links');
  });
});

describe('what the load may be', () => {
  const { max } = MEASURING_LIMITS.ratePerSecond;

  it.each([max * 1.01, Number.POSITIVE_INFINITY, Number.NaN])('is no peak of %d', (peak) => {
    const load = [...TOWN.load, { atSeconds: 5, ratePerSecond: peak }];
    expect(lacks({ load })[0]).toContain(`at most ${max} requests a second`);
  });

  it('brings the requests asked for within the longest time', () => {
    const load = [{ atSeconds: 0, ratePerSecond: 1 }];
    const longest = MEASURING_LIMITS.seconds.max;
    expect(lacks({ load, extent: { requests: longest } })).toEqual([]);
    expect(lacks({ load, extent: { requests: longest + 1 } })).toEqual([
      `a load that brings ${longest + 1} requests of users in ${longest} s (it brings about ${longest})`,
    ]);
    const none = [{ atSeconds: 0, ratePerSecond: 0 }];
    expect(lacks({ load: none, extent: { requests: 1 } })).toHaveLength(1);
  });

  it('brings them of users: hostile requests are counted apart and would never end the run', () => {
    const { home, browse } = helloWorld.classes as Record<'home' | 'browse', RequestClass>;
    const classes = { home, flood: { ...browse, hostile: 'flood' as const } };
    const load = [{ atSeconds: 0, ratePerSecond: 4 }];
    const asked = (shares: Readonly<Record<string, number>>, requests: number) =>
      lacks({ classes, mix: [{ atSeconds: 0, shares }], load, extent: { requests } });
    const longest = MEASURING_LIMITS.seconds.max;
    expect(asked({ home: 1, flood: 3 }, longest)).toEqual([]);
    expect(asked({ home: 1, flood: 3 }, longest + 1)).toHaveLength(1);
    expect(asked({ flood: 1 }, 100)).toEqual([
      `a load that brings 100 requests of users in ${longest} s (it brings about 0)`,
    ]);
  });
});

describe('what memory allows', () => {
  it('is told before a run with too many cached items', () => {
    const caches = Array.from(
      { length: 200 },
      (_, i): TopologyNode => ({
        kind: 'cache',
        id: `cache-${i}`,
        size: 'S',
        eviction: 'lru',
        position: { x: 0, y: 0 },
      }),
    );
    const topology = { nodes: [...SMALL_TOWN.nodes, ...caches], links: SMALL_TOWN.links };
    expect(lacks({ topology })).toEqual([]);
    const [expected] = lacks({ topology, data: { ...TOWN.data, items: 200_000 } });
    expect(expected).toContain('(201 stores (cache, cdn, nosql) of 200000 items and 0 users');
    expect(expected).toContain('take 1608 MB');
  });

  it('is told before a run with too many users of socket gateways', () => {
    const gateways = (count: number) =>
      Array.from(
        { length: count },
        (_, i): TopologyNode => ({
          kind: 'socket-gateway',
          id: `sockets-${i}`,
          size: 'S',
          users: 200_000,
          position: { x: 0, y: 0 },
        }),
      );
    const asked = (count: number) =>
      lacks({ topology: { ...SMALL_TOWN, nodes: [...SMALL_TOWN.nodes, ...gateways(count)] } });
    expect(asked(70)).toEqual([]);
    expect(asked(90)).toEqual([expect.stringContaining('18000000 users of socket gateways')]);
  });
});
