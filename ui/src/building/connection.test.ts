import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleSnapshot } from '../features/inspector/sample-run.ts';
import { linkVerdict, linkVerdicts } from './connection.ts';

const catalog = new Map(sampleCatalog.map((entry) => [entry.kind, entry]));
const { topology } = sampleSnapshot;
const code = (from: string, to: string) => linkVerdict(topology, catalog, from, to)?.code ?? null;

describe('whether a link may be drawn', () => {
  it('may, where the catalog says so', () => {
    expect(code('web-1', 'cache-1')).toBeNull();
    expect(code('web-2', 'primary')).toBeNull();
  });

  it('may not lead from a node to itself, twice, or to a kind it does not call', () => {
    expect(code('web-1', 'web-1')).toBe('same-node');
    expect(code('web-1', 'primary')).toBe('duplicate-link');
    expect(code('web-1', 'web-2')).toBe('link-not-allowed');
    expect(code('cache-1', 'primary')).toBe('link-not-allowed');
  });

  it('says how many links a node takes', () => {
    expect(linkVerdict(topology, catalog, 'clients', 'web-1')).toEqual({
      code: 'no-connections-left',
      subject: 'clients',
      details: { max: 1 },
    });
  });

  it('knows nodes that are gone', () => {
    expect(code('gone', 'web-1')).toBe('unknown-node');
    expect(code('web-1', 'gone')).toBe('unknown-node');
  });

  it('is judged for every node of the board', () => {
    const verdicts = linkVerdicts(topology, catalog, 'web-1');
    expect(verdicts.size).toBe(topology.nodes.length);
    expect([...verdicts].filter(([, verdict]) => verdict === null).map(([id]) => id)).toEqual([
      'cache-1',
    ]);
  });
});
