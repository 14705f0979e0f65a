import type { Measurement } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { forecastAt, rowAt, toChartData, visibleTime } from './chart-data.ts';

const row = (second: number, served: number, failed = 0) =>
  ({
    node: '*',
    startMs: (second - 1) * 1_000,
    endMs: second * 1_000,
    served,
    errors: failed === 0 ? {} : { 'time-out': failed },
  }) as unknown as Measurement;
const all = { served: true, errors: true, forecast: true };
const forecast = [
  { atSeconds: 0, ratePerSecond: 10 },
  { atSeconds: 4, ratePerSecond: 30 },
];

describe('chart data', () => {
  it('puts errors on top of the served requests and the forecast after the last row', () => {
    const [x, served, base, total, ahead] = toChartData(
      [row(1, 10), row(2, 8, 3)],
      forecast,
      4,
      all,
    );
    expect(x).toEqual([1, 2, 3, 4]);
    expect(served).toEqual([10, 8, null, null]);
    expect(base).toEqual([10, 8, null, null]);
    expect(total).toEqual([10, 11, null, null]);
    expect(ahead).toEqual([null, null, 25, 30]);
  });

  it('draws no line of errors where there are none', () => {
    const rows = [row(1, 5), row(2, 5), row(3, 5, 1), row(4, 5), row(5, 5)];
    expect(toChartData(rows, [], 5, all)[3]).toEqual([null, 5, 6, 5, null]);
  });

  it('stands errors on the ground when served requests are hidden', () => {
    const [, served, base, total] = toChartData([row(1, 9, 2)], [], 1, { ...all, served: false });
    expect([served, base, total]).toEqual([[null], [0], [2]]);
  });

  it('shows the whole forecast before the first row', () => {
    expect(toChartData([], forecast, 4, all)[4]).toEqual([10, 15, 20, 25, 30]);
  });
});

it('reads the forecast between and beyond its points', () => {
  expect(forecastAt(forecast, 1)).toBe(15);
  expect(forecastAt(forecast, 9)).toBe(30);
  expect(forecastAt([], 1)).toBeNull();
});

it('shows a moving window with room ahead, or the whole stage', () => {
  expect(visibleTime('all', 100, 480)).toEqual([0, 480]);
  expect(visibleTime('10s', 100, 480)).toEqual([90, 103]);
  expect(visibleTime('1min', 20, 480)).toEqual([0, 78]);
});

it('finds the row of an instant', () => {
  const rows = [row(1, 1), row(2, 2), row(3, 3)];
  expect(rowAt(rows, 1.5)?.served).toBe(2);
  expect(rowAt(rows, 2)?.served).toBe(2);
  expect(rowAt(rows, 99)?.served).toBe(3);
  expect(rowAt(rows, 0)).toBeNull();
  expect(rowAt([], 5)).toBeNull();
});
