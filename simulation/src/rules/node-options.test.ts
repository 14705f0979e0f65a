import { describe, expect, it } from 'vitest';
import type { TopologyNode } from '../protocol/index.ts';
import { configured } from './node-options.ts';

const position = { x: 0, y: 0 };
const BALANCER: TopologyNode = {
  kind: 'load-balancer',
  id: 'lb',
  position,
  size: 'S',
  policy: 'round-robin',
};
const healthCheck = { intervalSeconds: 5, unhealthyAfter: 3, healthyAfter: 2 };

describe('options of a node', () => {
  it('are set, and what they were is told', () => {
    expect(configured(BALANCER, { policy: 'consistent-hash' })).toEqual({
      node: { ...BALANCER, policy: 'consistent-hash' },
      before: { policy: 'round-robin' },
    });
  });

  it('were the default where the node stated none', () => {
    expect(configured(BALANCER, { healthCheck })).toEqual({
      node: { ...BALANCER, healthCheck },
      before: { healthCheck: null },
    });
    expect(configured(BALANCER, { healthCheck: null })).toBe('unchanged');
  });

  it('are unchanged when they say the same in other objects', () => {
    expect(configured({ ...BALANCER, healthCheck }, { healthCheck: { ...healthCheck } })).toBe(
      'unchanged',
    );
  });

  it.each([
    ['none at all', {}],
    ['of another kind', { eviction: 'lru' }],
    ['with a value that the kind has not', { policy: 'at random' }],
    ['out of bounds', { healthCheck: { ...healthCheck, unhealthyAfter: 0 } }],
  ])('are refused: %s', (_, options) => {
    expect(configured(BALANCER, options)).toBe('option-not-supported');
  });
});
