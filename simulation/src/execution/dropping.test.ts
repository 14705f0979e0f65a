import { describe, expect, it } from 'vitest';
import type { Cause, Topology, TopologyNode } from '../protocol/index.ts';
import {
  CLIENTS,
  HAMLET,
  PRIMARY,
  rowsOf,
  type Situation,
  slow,
  WEB,
} from '../testing/situation.ts';
import { withoutLink } from '../testing/small-town.ts';

const position = { x: 0, y: 0 };

describe('a request is dropped, with its cause where it arises and as a failed dependency behind it', () => {
  it.each<[Cause, string, Situation]>([
    ['queue-full', 'web-1', { perSecond: 300, shares: { home: 1 } }],
    [
      'time-out',
      'web-1',
      { perSecond: 30, profile: slow({ 'app-static': 30 }), shares: { home: 1 } },
    ],
    [
      'pool-exhausted',
      'web-1',
      { perSecond: 20, profile: slow({ 'sql-read': 300 }), shares: { browse: 1 } },
    ],
    [
      'lock-time-out',
      'primary',
      { perSecond: 3, profile: slow({ 'sql-write': 200 }), shares: { signup: 1 }, hotRows: 1 },
    ],
    [
      'no-route',
      'web-1',
      { perSecond: 10, topology: withoutLink(HAMLET, 'web-1', 'primary'), shares: { signup: 1 } },
    ],
    ['no-route', '*', { perSecond: 10, topology: withoutLink(HAMLET, 'clients', 'web-1') }],
  ])('%s at %s', (cause, where, situation) => {
    const row = rowsOf(situation);
    expect(row(where).errors[cause]).toBeGreaterThan(0);
    expect(row('*').errors[cause]).toBeGreaterThan(0);
    expect(row('*').errors['dependency-failed']).toBeUndefined();
    if (where === 'primary') expect(row('web-1').errors['dependency-failed']).toBeGreaterThan(0);
  });

  it('connection-refused at a database that has none left', () => {
    const webs = Array.from({ length: 5 }, (_, i) => ({ ...WEB, id: `web-${i}` }));
    const balancer: TopologyNode = {
      kind: 'load-balancer',
      id: 'lb',
      size: 'S',
      policy: 'round-robin',
      position,
    };
    const topology: Topology = {
      nodes: [CLIENTS, balancer, ...webs, PRIMARY],
      links: [
        { from: 'clients', to: 'lb' },
        ...webs.flatMap(({ id }) => [
          { from: 'lb', to: id },
          { from: id, to: 'primary' },
        ]),
      ],
    };
    const row = rowsOf({
      topology,
      perSecond: 60,
      profile: slow({ 'sql-read': 100 }),
      shares: { browse: 1 },
    });
    expect(row('primary').errors['connection-refused']).toBeGreaterThan(0);
    expect(row('primary').connections).toEqual({ used: 20, limit: 20 });
    expect(row('*').errors['connection-refused']).toBeGreaterThan(0);
    expect(row('lb').errors).toHaveProperty('dependency-failed');
  });
});

describe('a request that is late', () => {
  it('is served but not good', () => {
    const row = rowsOf({ perSecond: 1, profile: slow({ 'app-static': 200 }), shares: { home: 1 } })(
      '*',
    );
    expect(row.served).toBeGreaterThan(3);
    expect(row.good).toBeLessThan(row.served);
    expect(row.goodByClass).toMatchObject({ home: row.good });
  });
});
