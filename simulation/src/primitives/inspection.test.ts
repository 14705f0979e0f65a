import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { Inspection, type InspectionFigures } from './inspection.ts';

const LOOKS = 5_000;

function looks(figures: InspectionFigures, isHostile: boolean) {
  const inspection = new Inspection(createStream(3, 'inspection'), figures);
  let passed = 0;
  for (let i = 0; i < LOOKS; i++) if (inspection.passes(isHostile)) passed++;
  return { passed, flagged: inspection.takeFlagged(), inspection };
}

/** Four standard errors of a count of so many looks. */
const tolerance = (p: number) => 4 * Math.sqrt(p * (1 - p) * LOOKS);

describe('an inspection', () => {
  const figures = { detectionRatio: 0.7, falsePositiveRatio: 0.02 };

  it.each([
    [true, 0.7],
    [false, 0.02],
  ])('flags its share (hostile: %s), and lets the others pass', (isHostile, p) => {
    const { passed, flagged } = looks({ blocks: true, ...figures }, isHostile);
    expect(passed + flagged).toBe(LOOKS);
    expect(Math.abs(flagged - p * LOOKS)).toBeLessThan(tolerance(p));
  });

  it('flags the same ones without stopping them when it only watches', () => {
    const blocking = looks({ blocks: true, ...figures }, true);
    const watching = looks({ blocks: false, ...figures }, true);
    expect(watching.passed).toBe(LOOKS);
    expect(watching.flagged).toBe(blocking.flagged);
  });

  it('counts anew after each report, and goes by its latest figures', () => {
    const { inspection } = looks({ blocks: true, ...figures }, true);
    expect(inspection.takeFlagged()).toBe(0);
    inspection.configure({ blocks: true, detectionRatio: 1, falsePositiveRatio: 0 });
    expect([inspection.passes(true), inspection.passes(false)]).toEqual([false, true]);
    expect(inspection.takeFlagged()).toBe(1);
  });
});
