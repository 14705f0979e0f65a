import { describe, expect, it } from 'vitest';
import { plan } from '../plan.ts';
import { sampleNode, samplePlan, sampleTopology } from '../testing/sample-plan.ts';
import { NotInContainers } from './not-in-containers.ts';

function configuration(changes: object): string {
  const { nodes, links } = sampleTopology();
  const topology = {
    nodes: nodes.map((node) =>
      node.kind === 'cache' ? sampleNode('cache', 'cache', changes) : node,
    ),
    links,
  };
  const { containers } = plan(samplePlan({ topology }));
  return containers.find(({ node }) => node === 'cache')?.configuration ?? '';
}

describe('a cache', () => {
  it('throws out what it is told to', () => {
    expect(configuration({ eviction: 'lru' })).toContain('maxmemory-policy allkeys-lru\n');
    expect(configuration({ eviction: 'lfu' })).toContain('maxmemory-policy allkeys-lfu\n');
  });

  it('runs with the options stated that it has anyway', () => {
    const stated = { strategy: 'lazy', ttlSeconds: null, coalescing: false, flushSeconds: 5 };
    expect(configuration(stated)).toBe(configuration({}));
  });

  it.each([
    { strategy: 'write-back' },
    { strategy: 'write-through' },
    { ttlSeconds: 5 },
    { coalescing: true },
  ])('is refused with %o, which its container cannot do', (changes) => {
    expect(() => configuration(changes)).toThrow(NotInContainers);
    expect(() => configuration(changes)).toThrow('Real mode cannot run cache yet');
  });
});
