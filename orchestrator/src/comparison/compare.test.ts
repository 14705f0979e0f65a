import type { Measurement, ScorecardLine } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { type CompareOptions, compare } from './compare.ts';
import { SAMPLE_PROVENANCE, sampleLatency, sampleMinute, sampleRow } from './sample-rows.ts';

const measuredSide = (rows: readonly Measurement[]) =>
  rows.map((row): Measurement => ({ ...row, source: 'measured' }));

const alike = sampleMinute(() => ({}));
const web = (rows: readonly Measurement[], changes: Partial<Measurement> = {}) =>
  rows.map((row): Measurement => ({ ...row, node: 'web-1', ...changes }));

function card(
  predicted: readonly Measurement[],
  measured: readonly Measurement[],
  options: Partial<CompareOptions> = {},
) {
  return compare(predicted, measuredSide(measured), { provenance: SAMPLE_PROVENANCE, ...options });
}

function line(lines: readonly ScorecardLine[], metric: ScorecardLine['metric'], node = '*') {
  return lines.find((each) => each.node === node && each.metric === metric);
}

describe('errors', () => {
  it('are prediction minus measurement, relative for rates and times', () => {
    const { lines } = card(
      alike,
      sampleMinute(() => ({ served: 40, offered: 50 })),
    );
    expect(line(lines, 'throughput')).toMatchObject({
      predicted: 50,
      measured: 40,
      error: 0.25,
      bias: 0.25,
      meanAbsoluteError: 0.25,
      state: { state: 'compared' },
    });
  });

  it('are absolute for ratios', () => {
    const { lines } = card(web(alike, { utilisation: 0.5 }), web(alike, { utilisation: 0.75 }));
    expect(line(lines, 'utilisation', 'web-1')?.error).toBeCloseTo(-0.25, 12);
  });

  it('bias and mean absolute error tell a steady error from one that goes up and down', () => {
    const measured = sampleMinute((second) => ({ served: second < 30 ? 40 : 60, offered: 60 }));
    const found = line(card(alike, measured).lines, 'throughput');
    expect(found?.error).toBe(0);
    expect(found?.bias).toBeCloseTo((0.25 - 1 / 6) / 2, 9);
    expect(found?.meanAbsoluteError).toBeCloseTo((0.25 + 1 / 6) / 2, 9);
  });

  it('of percentiles are made from the shared buckets, whatever exact figure the engine has', () => {
    const predicted = alike.map((row) => ({ ...row, latency: { ...row.latency, p50Ms: 77 } }));
    expect(line(card(predicted, alike).lines, 'p50-latency')).toMatchObject({ error: 0 });
  });

  it('of a figure that was measured as nothing are still finite', () => {
    const { lines, grade } = card(
      alike,
      sampleMinute(() => ({ served: 0 })),
    );
    expect(line(lines, 'throughput')?.error).toBe(100);
    expect(grade.grade).not.toBe('A');
  });
});

describe('windows', () => {
  it('are compared only where both sides have them', () => {
    const later = alike.filter(({ startMs }) => startMs >= 20_000);
    const early = alike.filter(({ startMs }) => startMs < 50_000);
    expect(card(later, early)).toMatchObject({ validWindows: 30, endMs: 50_000 });
  });

  it('in which k6 was the limit are left out and counted', () => {
    const measured = sampleMinute((second) => (second < 10 ? { served: 1 } : {}));
    const invalidWindows = new Set(Array.from({ length: 10 }, (_, second) => second * 1_000));
    const found = card(alike, measured, { invalidWindows });
    expect(found).toMatchObject({ validWindows: 50, invalidWindows: 10 });
    expect(line(found.lines, 'throughput')?.error).toBe(0);
  });

  it('older than the span, or before its beginning, do not count', () => {
    const measured = sampleMinute((second) => (second < 30 ? { served: 1 } : {}), 120);
    const predicted = sampleMinute(() => ({}), 120);
    expect(card(predicted, measured)).toMatchObject({ startMs: 60_000, validWindows: 60 });
    expect(card(predicted, measured, { fromMs: 100_000 })).toMatchObject({ validWindows: 20 });
  });

  it('of other lengths are never paired, so that no count is compared with half of it', () => {
    const halves = alike.map((row) => ({ ...row, endMs: row.startMs + 500 }));
    expect(card(alike, halves)).toMatchObject({ validWindows: 0, grade: { grade: null } });
  });
});

describe('a line without an error', () => {
  it('says how old the newest measurement is when nothing is measured any more', () => {
    const predicted = sampleMinute(() => ({}), 100);
    const nodes = [...alike, ...web(alike)];
    const measured = [
      ...sampleMinute(() => ({}), 100),
      ...web(alike).filter(({ startMs }) => startMs < 12_000),
    ];
    const { lines } = card([...predicted, ...web(predicted)], measured);
    expect(line(lines, 'throughput', 'web-1')?.state).toEqual({
      state: 'no-data',
      ageMs: 88_000,
    });
    expect(line(card(nodes, alike).lines, 'throughput', 'web-1')?.state).toEqual({
      state: 'no-data',
      ageMs: null,
    });
  });

  it('says that a figure is not modelled when only reality has it', () => {
    const { lines } = card(web(alike), web(alike, { utilisation: 0.5 }));
    expect(line(lines, 'utilisation', 'web-1')).toMatchObject({
      measured: 0.5,
      error: null,
      state: { state: 'not-modelled' },
    });
    expect(line(lines, 'lag', 'web-1')).toBeUndefined();
  });

  it('says when too few requests are behind a percentile', () => {
    const rows = alike.slice(0, 4);
    const { lines } = card(rows, rows);
    expect(line(lines, 'p95-latency')).toMatchObject({ error: 0 });
    expect(line(lines, 'p99-latency')?.state).toEqual({ state: 'too-few', samples: 200 });
  });

  it('comes after those that have one, of which the worst is first', () => {
    const predicted = [...alike, ...web(alike, { utilisation: 0.5 })];
    const measured = [...alike, ...web(alike, { utilisation: 0.8 })];
    const { lines } = card(predicted, measured, { fromMs: 55_000 });
    expect(lines[0]).toMatchObject({ node: 'web-1', metric: 'utilisation' });
    const compared = lines.map(({ error }) => error !== null);
    expect(compared.lastIndexOf(true)).toBeLessThan(compared.indexOf(false));
  });
});

describe('the grade', () => {
  it('is A when all agrees, and names the line that decides', () => {
    expect(card(alike, alike).grade).toMatchObject({ grade: 'A', decidedBy: '* throughput' });
  });

  it('is that of the worst end-to-end line, with the reason', () => {
    const slow = sampleMinute(() => ({ latency: sampleLatency(Array(50).fill(17)) }));
    const { grade } = card(alike, slow);
    expect(grade.grade).toBe('C');
    expect(grade.reason).toMatch(
      /^C: (p50|mean) latency is predicted 4\d\.\d % too low \(B allows/,
    );
  });

  it('is lowered by one at most by what is wrong inside', () => {
    const predicted = [...alike, ...web(alike, { utilisation: 0.1 })];
    const measured = [...alike, ...web(alike, { utilisation: 0.9 })];
    expect(card(predicted, measured).grade).toEqual({
      grade: 'B',
      reason:
        'B instead of A: utilisation of web-1 is predicted 80.0 points too low (C allows 20.0 points).',
      decidedBy: 'web-1 utilisation',
    });
  });

  it('waits for enough windows and enough requests', () => {
    const early = alike.slice(0, 5);
    expect(card(early, early).grade).toMatchObject({ grade: null, decidedBy: null });
    const quiet = sampleMinute(() => ({ offered: 0, served: 0, latency: sampleLatency([]) }));
    expect(card(quiet, quiet).grade.reason).toMatch(/^Too few requests to judge: throughput and/);
    expect(card([], []).grade.reason).toMatch(/^Nothing to judge yet/);
  });

  it('does not depend on the order of rows', () => {
    const rows = [...alike, ...web(alike)];
    expect(card(rows.toReversed(), rows.toReversed()).grade).toEqual(card(rows, rows).grade);
  });
});

it('rows that carry no time are not compared', () => {
  const empty = sampleRow({ endMs: 0, served: 0, offered: 0 });
  expect(card([empty], [empty])).toMatchObject({ validWindows: 0, lines: [] });
});
