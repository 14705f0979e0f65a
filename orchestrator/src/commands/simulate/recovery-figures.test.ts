import { describe, expect, it } from 'vitest';
import { recoveryFigures } from './recovery-figures.ts';
import type { ReportRow } from './report.ts';

const taken = { snapshots: 0, backups: 3, restores: 0, lostWrites: 0 };
const figures = (recovery: ReportRow['recovery']) => recoveryFigures({ recovery } as ReportRow);

describe('copies and restores', () => {
  it('are told with the achieved recovery point and time', () => {
    const once = { ...taken, restores: 1, lostWrites: 7, rpoSeconds: 12.34, rtoSeconds: 25 };
    expect(figures(once).join(', ')).toBe(
      'backups 3, restores 1, RPO 12.3 s, RTO 25 s, writes not restored 7',
    );
    expect(figures({ ...once, rpoSeconds: null })).toContain('RPO all data');
  });

  it('are told of where there were any', () => {
    const none = { rpoSeconds: null, rtoSeconds: null };
    expect(figures({ ...taken, ...none })).toEqual(['backups 3']);
    expect(figures({ ...taken, ...none, backups: 0 })).toEqual([]);
    expect(figures(undefined)).toEqual([]);
  });
});
