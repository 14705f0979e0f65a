import { describe, expect, it } from 'vitest';
import { sampleSnapshot } from '../../inspector/sample-run.ts';
import { SPRITE_OPERATIONS } from '../packets/sprites.ts';
import { createLinkScene } from './link-scene.ts';
import { linkTone, linkWidth } from './link-style.ts';

const { topology, links } = sampleSnapshot;
const positionOf = (id: string) => topology.nodes.find((node) => node.id === id)?.position ?? null;

describe('the links of a snapshot', () => {
  it('take their figures from it', () => {
    const item = createLinkScene().build(topology, links, positionOf, 1)[1];
    expect(item).toMatchObject({
      key: 'lb-1>web-1',
      callsPerSecond: 32,
      failedPerSecond: 31,
      meanMs: 80.5,
    });
    expect(item?.flow.failedShare).toBeCloseTo(31 / 32);
    expect(item?.flow.rates[SPRITE_OPERATIONS.indexOf('static')]).toBe(20);
  });

  it('flow faster in a faster game', () => {
    const [once] = createLinkScene().build(topology, links, positionOf, 1);
    const [twice] = createLinkScene().build(topology, links, positionOf, 2);
    expect(twice?.flow.rates).toEqual(once?.flow.rates.map((rate) => rate * 2));
  });

  it('keep the paths of links whose ends stay', () => {
    const scene = createLinkScene();
    const before = scene.build(topology, links, positionOf, 1);
    const moved = (id: string) => (id === 'web-2' ? { x: 500, y: 300 } : positionOf(id));
    const after = scene.build(topology, links, moved, 1);
    expect(after[0]?.path).toBe(before[0]?.path);
    expect(after[2]?.path).not.toBe(before[2]?.path);
  });

  it('know which one copies a primary to its replica', () => {
    const replica = {
      kind: 'sql-replica',
      id: 'replica-1',
      size: 'S',
      position: { x: 900, y: 0 },
    } as const;
    const copied = {
      nodes: [...topology.nodes, replica],
      links: [...topology.links, { from: 'primary', to: 'replica-1' }],
    };
    const places = (id: string) => (id === 'replica-1' ? replica.position : positionOf(id));
    const items = createLinkScene().build(copied, links, places, 1);
    expect(items.filter((item) => item.isReplication).map((item) => item.key)).toEqual([
      'primary>replica-1',
    ]);
  });
});

describe('the look of a link', () => {
  const [calm, failing, silent] = createLinkScene().build(topology, links, positionOf, 1);
  const limits = { onTimeMs: 100, maxErrorRatio: 0.05 };

  it('is wider with more calls, within bounds', () => {
    const widths = [0, 5, 50, 500, 1e9].map(linkWidth);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths[4]).toBeLessThan(6);
  });

  it('tells latency and errors only under their overlays', () => {
    if (!calm || !failing || !silent) throw new Error('the sample has three links');
    expect(linkTone(failing, 'load', limits)).toBe('plain');
    expect(linkTone(failing, 'errors', limits)).toBe('bad');
    expect(linkTone(calm, 'errors', limits)).toBe('plain');
    expect([calm, failing, silent].map((item) => linkTone(item, 'latency', limits))).toEqual([
      'warn',
      'warn',
      'plain',
    ]);
  });
});
