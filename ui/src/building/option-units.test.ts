import { expect, it } from 'vitest';
import { fromShown, optionUnit, toShown } from './option-units.ts';

it('reads the unit from the name', () => {
  const names = ['ttlSeconds', 'replicationLagMs', 'maxMessageKiB', 'perSecond', 'detectionRatio'];
  expect(names.map(optionUnit)).toEqual([
    'seconds',
    'milliseconds',
    'kibibytes',
    'perSecond',
    'percent',
  ]);
  expect(optionUnit('targetUtilisation')).toBe('percent');
  expect(optionUnit('partitions')).toBeNull();
});

it('shows ratios in percent and takes them back unchanged', () => {
  expect(toShown(0.07, 'percent')).toBe(7);
  expect(toShown(20, 'seconds')).toBe(20);
  for (const ratio of [0, 0.001, 0.07, 0.29, 0.57, 0.95, 1]) {
    expect(fromShown(toShown(ratio, 'percent'), 'percent')).toBe(ratio);
  }
});
