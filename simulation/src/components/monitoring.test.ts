import { describe, expect, it } from 'vitest';
import { NODE_KINDS, NODE_SCHEMAS, parse, type Topology } from '../protocol/index.ts';
import { HAMLET, rowsOf } from '../testing/situation.ts';
import { CATALOG } from './catalog.ts';

const node = { kind: 'monitoring', id: 'm', size: 'S', position: { x: 0, y: 0 } } as const;

describe('monitoring', () => {
  it('costs the CPU that its scrapes take, a little', () => {
    const watched = (scrapeSeconds: number): Topology => ({
      ...HAMLET,
      nodes: [...HAMLET.nodes, { ...node, scrapeSeconds }],
    });
    const utilisation = (scrapeSeconds: number) =>
      rowsOf({ topology: watched(scrapeSeconds), perSecond: 10 })('m').utilisation ?? 0;
    // Three other nodes, half a millisecond each, of 250 ms a second.
    expect(utilisation(1)).toBeGreaterThan(0.004);
    expect(utilisation(1)).toBeLessThan(0.008);
    expect(utilisation(5)).toBeLessThan(utilisation(1) / 3);
  });

  it('is linked to nothing', () => {
    expect(CATALOG.monitoring.linksTo).toEqual([]);
    for (const kind of NODE_KINDS) expect(CATALOG[kind].linksTo).not.toContain('monitoring');
  });

  it.each([0, 61, 2.5, '5'])('cannot scrape every %s seconds', (scrapeSeconds) => {
    expect(parse(NODE_SCHEMAS.monitoring, { ...node, scrapeSeconds }).ok).toBe(false);
    expect(parse(NODE_SCHEMAS.monitoring, { ...node, scrapeSeconds: 60 }).ok).toBe(true);
  });
});
