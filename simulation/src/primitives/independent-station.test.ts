import { describe, expect, it } from 'vitest';
import { cores, playStation } from '../testing/station-script.ts';

const bursts = [
  { atMs: 0, demandMs: 10 },
  { atMs: 1, demandMs: 20 },
  { atMs: 2, demandMs: 5 },
];

describe('IndependentStation', () => {
  it('serves every job at once', () => {
    const { endsMs } = playStation('independent', { limit: cores(1), bursts });
    expect(endsMs).toEqual([10, 21, 7]);
  });

  it('serves each at the share of a core', () => {
    const limit = { parallel: 1, quotaMs: 25, periodMs: 100 };
    expect(playStation('independent', { limit, bursts }).endsMs).toEqual([40, 81, 22]);
  });

  it('makes no job faster than a core does', () => {
    expect(playStation('independent', { limit: cores(2), bursts }).endsMs).toEqual([10, 21, 7]);
  });

  it('knows the CPU time used at any instant, and that nobody waits', () => {
    const limit = { parallel: 1, quotaMs: 50, periodMs: 100 };
    const { probes } = playStation('independent', { limit, bursts, probesMs: [1, 2, 4, 60] });
    expect(probes.map(({ usedMs }) => usedMs)).toEqual([0.5, 1.5, 4.5, 35]);
    expect(probes.every(({ waiting, waitingArea }) => waiting === 0 && waitingArea === 0)).toBe(
      true,
    );
  });

  it('counts CPU time at the share it had at each time', () => {
    const resizes = [{ atMs: 6, limit: { parallel: 1, quotaMs: 50, periodMs: 100 } }];
    const one = [{ atMs: 0, demandMs: 10 }];
    const script = { limit: cores(1), bursts: one, resizes, probesMs: [4, 8] };
    expect(playStation('independent', script).probes.map(({ usedMs }) => usedMs)).toEqual([4, 7]);
  });

  it('keeps the end of what has begun when its share changes', () => {
    const resizes = [{ atMs: 5, limit: { parallel: 1, quotaMs: 50, periodMs: 100 } }];
    const later = [...bursts, { atMs: 6, demandMs: 10 }];
    const { endsMs } = playStation('independent', { limit: cores(1), bursts: later, resizes });
    expect(endsMs).toEqual([10, 21, 7, 26]);
  });
});
