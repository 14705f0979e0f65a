import { describe, expect, it } from 'vitest';
import { configured } from '../rules/node-options.ts';
import { CommandSchema } from './command.ts';
import { parse } from './parse.ts';
import { NodeSchema, type TopologyNode } from './topology.ts';

const common = { id: 'n', size: 'S', position: { x: 0, y: 0 } } as const;
const CACHE: TopologyNode = { kind: 'cache', eviction: 'lru', ...common };
const CDN: TopologyNode = { kind: 'cdn', ...common };
const NOSQL: TopologyNode = { kind: 'nosql', ...common };

const isNode = (node: object) => parse(NodeSchema, node).ok;

describe('the options of stores', () => {
  it('need not be stated', () => {
    expect([CACHE, CDN, NOSQL].map(isNode)).toEqual([true, true, true]);
  });

  it.each([
    [
      CACHE,
      {
        strategy: 'write-back',
        eviction: 'lfu',
        ttlSeconds: 0.001,
        coalescing: true,
        flushSeconds: 0.01,
      },
    ],
    [CACHE, { strategy: 'write-through', ttlSeconds: null, flushSeconds: 3_600 }],
    [CDN, { ttlSeconds: 86_400 }],
    [NOSQL, { model: 'graph', replicationLagMs: 0 }],
  ])('of %o may be %o', (node, options) => {
    expect(isNode({ ...node, ...options })).toBe(true);
    const command = { type: 'configure-node', id: node.id, options };
    expect(parse(CommandSchema, command).ok).toBe(true);
  });

  it.each([
    [CACHE, 'ttlSeconds', [0, -1, Number.NaN, 86_401, '5']],
    [CACHE, 'flushSeconds', [0, -1, Number.NaN, 3_601, null]],
    [CACHE, 'strategy', ['write-around', null]],
    [CACHE, 'coalescing', ['yes', null]],
    [CDN, 'ttlSeconds', [0, Number.POSITIVE_INFINITY]],
    [NOSQL, 'model', ['column', null]],
    [NOSQL, 'replicationLagMs', [-1, Number.NaN, 60_001]],
  ])('of %o are refused out of bounds: %s', (node, name, values: readonly unknown[]) => {
    for (const value of values) {
      expect(isNode({ ...node, [name]: value })).toBe(false);
      expect(configured(node, { [name]: value })).toBe('option-not-supported');
    }
  });

  it('are what they were by default when a change is taken back', () => {
    const options = { strategy: 'write-back', ttlSeconds: 5, coalescing: true, flushSeconds: 2 };
    expect(configured(CACHE, options)).toMatchObject({
      before: { strategy: 'lazy', ttlSeconds: null, coalescing: false, flushSeconds: 1 },
    });
    expect(configured(NOSQL, { model: 'key-value' })).toBe('unchanged');
    expect(configured(CDN, { strategy: 'lazy' })).toBe('option-not-supported');
  });
});
