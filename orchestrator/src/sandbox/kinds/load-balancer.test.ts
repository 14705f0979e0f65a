import { describe, expect, it } from 'vitest';
import { plan } from '../plan.ts';
import { sampleNode, samplePlan, sampleTopology } from '../testing/sample-plan.ts';

function site(servers: number, changes: object = {}): string {
  const { nodes, links } = sampleTopology(servers);
  const topology = {
    nodes: nodes.map((node) =>
      node.kind === 'load-balancer' ? sampleNode('balancer', 'load-balancer', changes) : node,
    ),
    links,
  };
  const { containers } = plan(samplePlan({ topology }));
  return containers.find(({ node }) => node === 'balancer')?.configuration ?? '';
}

describe('a balancer', () => {
  it('has its linked servers, in turn', () => {
    expect(site(2).match(/^ {2}server .*;$/gm)).toEqual([
      '  server web-1:8080 max_fails=1 fail_timeout=1s;',
      '  server web-2:8080 max_fails=1 fail_timeout=1s;',
    ]);
    expect(site(2)).not.toContain('least_conn');
  });

  it('asks the least busy one when it is told to', () => {
    expect(site(2, { policy: 'least-connections' })).toMatch(
      /upstream servers \{\n {2}least_conn;/,
    );
  });

  it('gives a server as many turns as the weight of its link', () => {
    const { nodes, links } = sampleTopology(2);
    const weighted = links.map((link) => (link.to === 'web-2' ? { ...link, weight: 3 } : link));
    const { containers } = plan(samplePlan({ topology: { nodes, links: weighted } }));
    const text = containers.find(({ node }) => node === 'balancer')?.configuration;
    expect(text).toContain('  server web-1:8080 max_fails=1 fail_timeout=1s;');
    expect(text).toContain('  server web-2:8080 weight=3 max_fails=1 fail_timeout=1s;');
  });

  it.each([
    ['consistent hash', { policy: 'consistent-hash' }],
    [
      'active health checks',
      { healthCheck: { intervalSeconds: 1, unhealthyAfter: 1, healthyAfter: 1 } },
    ],
  ])('refuses what nginx does not do, by name: %s', (name, options) => {
    expect(() => site(2, options)).toThrow(name);
  });

  it('has no upstream when no server is linked, and says so for each request', () => {
    expect(site(0)).not.toContain('upstream servers');
    expect(site(0)).not.toContain('proxy_pass');
    expect(site(0)).toContain('routed = false');
  });

  it('holds as many requests as its size has connections', () => {
    expect(site(1)).toContain('connections = 512');
    expect(site(1, { size: 'L' })).toContain('connections = 2048');
  });

  it('never sends a request twice, and waits longer than any client', () => {
    expect(site(1)).toContain('proxy_next_upstream off');
    expect(site(1)).toContain('proxy_read_timeout 4000ms');
  });

  it('counts into the shared buckets', () => {
    expect(site(1)).toMatch(/bounds = \{ '0\.0001', .* '10' \}/);
  });
});
