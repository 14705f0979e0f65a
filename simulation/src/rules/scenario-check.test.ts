import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import type { Link, Scenario, TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { scenarioProblems } from './scenario-check.ts';

const { nodes, links } = helloWorld.topology;
const web = nodes[1] as TopologyNode;
const { users } = helloWorld;

function withLink(link: Link, more: readonly TopologyNode[] = []): Partial<Scenario> {
  return { topology: { nodes: [...nodes, ...more], links: [...links, link] } };
}

describe('a scenario', () => {
  it('without problems has none', () => {
    expect(scenarioProblems(helloWorld, CATALOG)).toEqual([]);
  });

  it.each<[string, Partial<Scenario>, string, RegExp]>([
    [
      'no clients',
      { topology: { nodes: [web], links: [] } },
      '/topology/nodes',
      /one node of kind clients/,
    ],
    [
      'two clients',
      { topology: { nodes: [...nodes, { ...(nodes[0] as TopologyNode), id: 'more' }], links } },
      '/topology/nodes',
      /one node of kind clients/,
    ],
    [
      'an id twice',
      { topology: { nodes: [...nodes, web], links } },
      '/topology/nodes/3/id',
      /web-1/,
    ],
    [
      'a link to nowhere',
      { topology: { nodes, links: [...links, { from: 'web-1', to: 'gone' }] } },
      '/topology/links/2',
      /it has no node gone/,
    ],
    [
      'a weight on a link that no balancer spreads over',
      { topology: { nodes, links: [{ ...(links[0] as Link), weight: 2 }, ...links.slice(1)] } },
      '/topology/links/0/weight',
      /not a load balancer/,
    ],
    [
      'a link twice',
      { topology: { nodes, links: [...links, { from: 'web-1', to: 'primary' }] } },
      '/topology/links/2',
      /one link from web-1 to primary/,
    ],
    [
      'a link that would close a circle of calls',
      withLink({ from: 'primary', to: 'web-1' }),
      '/topology/links/2',
      /a link from primary to one of sql-replica, sql-primary: web-1 is of kind vm-basic/,
    ],
    [
      'a link to itself',
      withLink({ from: 'web-1', to: 'web-1' }),
      '/topology/links/2',
      /between two nodes: this leads from web-1 to itself/,
    ],
    [
      'more links than its kind has connections for',
      withLink({ from: 'clients', to: 'web-2' }, [{ ...web, id: 'web-2' }]),
      '/topology/links/2',
      /no more links from clients \(1 at most\)/,
    ],
    [
      'a link from a kind that calls nobody',
      withLink({ from: 'copy', to: 'primary' }, [
        { kind: 'sql-replica', id: 'copy', size: 'S', position: web.position },
      ]),
      '/topology/links/2',
      /no link from copy: nodes of kind sql-replica call no others/,
    ],
    [
      'a class that is not there',
      { mix: [{ atSeconds: 0, shares: { home: 1, chat: 1 } }] },
      '/mix/0/shares/chat',
      /home, browse/,
    ],
    [
      'a class named as every object has',
      { mix: [{ atSeconds: 0, shares: { home: 1, constructor: 1 } as never }] },
      '/mix/0/shares/constructor',
      /home/,
    ],
    [
      'no share at all',
      { mix: [{ atSeconds: 0, shares: { home: 0 } }] },
      '/mix/0/shares',
      /above zero/,
    ],
    [
      'times out of order',
      {
        traffic: [
          { atSeconds: 5, factor: 1 },
          { atSeconds: 5, factor: 2 },
        ],
      },
      '/traffic/1/atSeconds',
      /after 5/,
    ],
    [
      'more load than can be played',
      { users: { ...users, initial: 1e8 } },
      '/users',
      /10000 requests a second/,
    ],
    [
      'users without bound',
      { users: { ...users, growthPerSecond: 0.1 }, durationSeconds: 86_400 },
      '/users',
      /requests a second/,
    ],
    [
      'users beyond numbers while nobody asks',
      {
        users: { ...users, growthPerSecond: 0.1 },
        traffic: [{ atSeconds: 0, factor: 0 }],
        durationSeconds: 86_400,
      },
      '/users',
      /requests a second/,
    ],
    [
      'a load that lasts too long',
      { users: { ...users, initial: 40_000, growthPerSecond: 0 }, durationSeconds: 86_400 },
      '/users',
      /in all/,
    ],
  ])('with %s is told so at its place', (_, changed, path, expected) => {
    const problems = scenarioProblems({ ...helloWorld, ...changed }, CATALOG);
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(problems.find((problem) => problem.path === path)?.expected).toMatch(expected);
  });
});
