import type { Measurement } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { samplingNoise, toComparisonData, toResiduals } from './comparison-data.ts';

const row = (second: number, served: number) =>
  ({ startMs: (second - 1) * 1_000, endMs: second * 1_000, served }) as unknown as Measurement;
const shown = {
  served: true,
  errors: true,
  forecast: true,
  measured: true,
  predicted: true,
  residual: true,
};
const rows = {
  predicted: [row(1, 100), row(2, 81), row(3, 64)],
  measured: [row(1, 94), row(3, 70)],
  invalidEnds: new Set<number>(),
};

it('lays measured beside predicted of the same windows, with gaps where nothing was measured', () => {
  const [x, measured, predicted] = toComparisonData(rows, [], 4, shown);
  expect(x).toEqual([1, 2, 3, 4]);
  expect(measured).toEqual([94, null, 70, null]);
  expect(predicted).toEqual([100, 81, 64, null]);
});

it('draws the band two deviations of the count wide', () => {
  const [, , , low, high] = toComparisonData(rows, [], 3, shown);
  expect(low).toEqual([80, 63, 48]);
  expect(high).toEqual([120, 99, 80]);
  expect(samplingNoise({ ...row(2, 100), startMs: 0 })).toBe(10);
});

it('hides what is not to be shown', () => {
  const [, measured, predicted, low] = toComparisonData(rows, [], 3, {
    ...shown,
    measured: false,
    predicted: false,
  });
  expect([measured, predicted, low]).toEqual(Array(3).fill([null, null, null]));
});

it('takes predicted minus measured where both are there and compared', () => {
  expect(toResiduals(rows)).toEqual([
    [1, 2, 3],
    [6, null, -6],
  ]);
  expect(toResiduals({ ...rows, invalidEnds: new Set([3_000]) })[1]).toEqual([6, null, null]);
});
