import { describe, expect, it } from 'vitest';
import { closingLine, type StepResult, succeeded, table, totals } from './summary.ts';

const ran = (name: string, passed: number, failed: number, skipped: string[] = []): StepResult => ({
  name,
  state: 'ran',
  counts: { passed, failed, skipped },
  seconds: 1.25,
});
const notRun: StepResult = { name: 'e2e', state: 'skipped', reason: 'no Chromium here' };

describe('totals', () => {
  it('adds up the steps', () => {
    const results = [ran('lint', 1, 0), ran('unit', 40, 2)];
    expect(totals(results, false)).toEqual({ passed: 41, failed: 2, skipped: 0 });
  });

  it('counts skipped steps and tests, as failures where nothing may be skipped', () => {
    const results = [ran('unit', 40, 0, ['one test']), notRun];
    expect(totals(results, false)).toEqual({ passed: 40, failed: 0, skipped: 2 });
    expect(totals(results, true)).toEqual({ passed: 40, failed: 2, skipped: 0 });
  });
});

it('succeeds only when something ran and nothing failed', () => {
  expect(succeeded({ passed: 1, failed: 0, skipped: 3 })).toBe(true);
  expect(succeeded({ passed: 1, failed: 1, skipped: 0 })).toBe(false);
  expect(succeeded({ passed: 0, failed: 0, skipped: 3 })).toBe(false);
});

it('closes with the sums, and with the skips when there are any', () => {
  expect(closingLine({ passed: 41, failed: 0, skipped: 0 })).toBe('41 passed, 0 failed');
  expect(closingLine({ passed: 41, failed: 2, skipped: 1 })).toBe('41 passed, 2 failed, 1 skipped');
});

it('names each skip with its reason', () => {
  const text = table([ran('unit', 40, 0, ['a slow test']), notRun]);
  expect(text).toMatch(/unit +40 passed +0 failed +1\.3 s/);
  expect(text).toContain('skipped: a slow test');
  expect(text).toMatch(/e2e +skipped: no Chromium here/);
});
