import { describe, expect, it } from 'vitest';
import { mixAt } from './class-mix.ts';
import { limitFacts } from './limit-facts.ts';
import { readingOf } from './readings.ts';
import {
  sampleCatalog,
  sampleNodes,
  sampleRow,
  sampleScenario,
  sampleSnapshot,
} from './sample-run.ts';

describe('readings', () => {
  const row = sampleRow('web-1', 2000);

  it('counts by the second whatever the window', () => {
    const window = sampleRow('web-1', 2000, { startMs: 0, served: 10, offered: 12 });
    expect(readingOf('served', window)).toEqual({ unit: 'per-second', value: 5 });
    expect(readingOf('offered', window)).toEqual({ unit: 'per-second', value: 6 });
  });

  it('is null, not zero, for what was not measured', () => {
    for (const name of ['hitRatio', 'lag', 'lockWaits'] as const) {
      expect(readingOf(name, row)).toBeNull();
    }
    expect(readingOf('hitRatio', sampleRow('cache-1', 2000, { hitRatio: 0 }))).toEqual({
      unit: 'ratio',
      value: 0,
    });
  });

  it('has no percentiles and no share of good requests in a window that served nothing', () => {
    const latency = { ...row.latency, count: 0, p50Ms: null, p95Ms: null, p99Ms: null };
    const idle = sampleRow('web-1', 2000, { served: 0, good: 0, latency });
    expect(readingOf('latency', idle)).toBeNull();
    expect(readingOf('good', idle)).toBeNull();
  });
});

describe('what limits a node', () => {
  const web = sampleNodes[2];
  const entry = sampleCatalog[2];
  const view = sampleSnapshot.nodes[2];
  if (!web || !entry || !view) throw new Error('the sample lacks web-1');

  it('comes with the figures that explain it', () => {
    expect(limitFacts(web, view, entry, sampleSnapshot.timeMs)).toEqual({
      limit: 'cpu',
      sinceMs: 60_000,
      forMs: 40_400,
      group: 'compute',
      utilisation: 0.97,
      cores: 0.5,
      connections: { used: 125, limit: 125 },
      waiting: 38,
      lockWaits: 0,
    });
  });

  it('is null for a node that nothing holds back', () => {
    expect(limitFacts(web, { ...view, limitedBy: null }, entry, 0)).toBeNull();
  });
});

describe('the mix of classes', () => {
  const sharesAt = (ms: number) => mixAt(sampleScenario, ms).map(({ id, share }) => [id, share]);

  it('holds from each step on, as parts of one, the largest first', () => {
    expect(sharesAt(59_999)).toEqual([
      ['home', 0.6],
      ['browse', 0.3],
      ['signup', 0.1],
    ]);
    expect(sharesAt(60_000)).toEqual([
      ['browse', 0.75],
      ['home', 0.25],
      ['signup', 0],
    ]);
  });

  it('takes the first step before its time and survives shares of nothing', () => {
    const late = { ...sampleScenario, mix: [{ atSeconds: 10, shares: { home: 0 } }] };
    expect(mixAt(late, 0).map(({ share }) => share)).toEqual([0, 0, 0]);
  });
});
