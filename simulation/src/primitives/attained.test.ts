import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { cores, playStation } from '../testing/station-script.ts';
import { GroupCommit } from './group-commit.ts';
import { Jobs } from './jobs.ts';

describe('what each job has had of the CPU so far', () => {
  it.each(['fifo', 'shared', 'independent'] as const)(
    'adds up to what a %s station has used, and is between nothing and all at any time',
    (discipline) => {
      const figures = fc.record({
        parallel: fc.integer({ min: 1, max: 3 }),
        quotaMs: fc.integer({ min: 10, max: 400 }),
        bursts: fc.array(fc.record({ atMs: fc.nat(300), demandMs: fc.nat(60) }), { maxLength: 12 }),
        probesMs: fc.array(fc.nat(900), { minLength: 1, maxLength: 6 }),
      });
      fc.assert(
        fc.property(figures, ({ parallel, quotaMs, bursts, probesMs }) => {
          const limit = { parallel, quotaMs, periodMs: 100 };
          for (const { usedMs, attainedMs } of playStation(discipline, { limit, bursts, probesMs })
            .probes) {
            expect(attainedMs.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(usedMs, 4);
            attainedMs.forEach((ms, job) => {
              expect(ms).toBeGreaterThanOrEqual(0);
              expect(ms).toBeLessThanOrEqual((bursts[job]?.demandMs ?? 0) + 1e-5);
            });
          }
        }),
        { seed: 6, numRuns: 100 },
      );
    },
  );

  it('is nothing in line, the time in service, or a share of it among those who share', () => {
    const bursts = [
      { atMs: 0, demandMs: 30 },
      { atMs: 10, demandMs: 30 },
    ];
    const attainedAt20 = (discipline: 'fifo' | 'shared' | 'independent') =>
      playStation(discipline, { limit: cores(1), bursts, probesMs: [20] }).probes[0]?.attainedMs;
    expect(attainedAt20('fifo')).toEqual([20, 0]);
    expect(attainedAt20('shared')).toEqual([15, 5]);
    expect(attainedAt20('independent')).toEqual([20, 10]);
  });

  it('is of a commit the time of its flush, for all that are flushed together', () => {
    const jobs = new Jobs(4);
    const around = { queue: new EventQueue(), eventKind: 0, index: 0, done: () => {} };
    const disk = new GroupCommit(around, jobs);
    jobs.demandMs.fill(10);
    disk.submit(0, 0);
    disk.submit(1, 2);
    disk.submit(2, 3);
    const attained = (nowMs: number) => [0, 1, 2].map((job) => disk.attainedMs(job, 0, nowMs));
    expect(attained(5)).toEqual([5, 0, 0]);
    disk.onEvent(0, 10);
    expect(attained(14).slice(1)).toEqual([4, 4]);
  });
});
