import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { END_TO_END, type Link, type Topology, type TopologyNode } from '../protocol/index.ts';
import { linkRefusal } from '../rules/topology-edits.ts';
import { WindowAccounts } from '../testing/accounts.ts';
import { EntranceRun, PAGE, web } from '../testing/entrance.ts';

const position = { x: 0, y: 0 };
const CHAIN: readonly TopologyNode[] = [
  { kind: 'clients', id: 'clients', position },
  { kind: 'waf', id: 'waf', position, size: 'L', mode: 'block', detectionRatio: 0.9 },
  {
    kind: 'api-gateway',
    id: 'api',
    position,
    size: 'L',
    requireKey: true,
    rateLimit: { perSecond: 150, burst: 20 },
    classes: { shop: 'web-3' },
  },
  { kind: 'load-balancer', id: 'lb', position, size: 'L', policy: 'consistent-hash' },
];
const SERVERS = [web('web-1', 'S'), web('web-2', 'M'), web('web-3', 'M')];
const link = (from: string, to: string): Link => ({ from, to });

/** Firewall, gateway and balancer one behind the other, and a server of its own for one class. */
const FRONT: Topology = {
  nodes: [...CHAIN, ...SERVERS],
  links: [
    link('clients', 'waf'),
    link('waf', 'api'),
    link('api', 'lb'),
    link('api', 'web-3'),
    link('lb', 'web-1'),
    link('lb', 'web-2'),
  ],
};

const CLASSES = {
  page: PAGE,
  shop: PAGE,
  crawler: { ...PAGE, credential: 'none' as const },
  bots: { ...PAGE, hostile: 'flood' as const, timeoutMs: 50 },
};

describe('the kinds at the front', () => {
  it('may be linked one behind the other, and not backwards', () => {
    for (const { from, to } of FRONT.links) {
      const others = FRONT.links.filter((other) => other.from !== from || other.to !== to);
      const without = { nodes: FRONT.nodes, links: others };
      expect(linkRefusal(without, link(from, to), CATALOG)).toBeNull();
      expect(linkRefusal(without, link(to, from), CATALOG)?.code).toBe('link-not-allowed');
    }
  });

  it('lose no request uncounted, through blocks, refusals, limits and restarts', () => {
    const run = new EntranceRun({ topology: FRONT, classes: CLASSES, arrivals: 'poisson' });
    run.offer(300, { page: 4, shop: 3, crawler: 1, bots: 3 });
    const accounts = new WindowAccounts();
    const ids = [END_TO_END, ...FRONT.nodes.slice(1).map(({ id }) => id)];
    const causes = new Set<string>();
    for (let second = 1; second <= 20; second++) {
      if (second === 8) run.simulator.restart('web-1');
      if (second === 12) run.simulator.restart('api');
      const rows = ids.map(run.until(second));
      expect(accounts.faultsIn(rows)).toEqual([]);
      for (const cause of rows.flatMap(({ errors }) => Object.keys(errors))) causes.add(cause);
    }
    expect([...causes]).toEqual(
      expect.arrayContaining(['blocked', 'unauthorised', 'rate-limited', 'node-down']),
    );
  });
});
