import { COMPARED } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { createFormat } from '../composables/format.ts';
import { errorText, figureText, isOff } from './score-figures.ts';

const format = createFormat('en', 'h');

it('writes each figure with its unit', () => {
  const texts = COMPARED.map((metric) => figureText(metric, 0.5, format, '/s'));
  expect(texts).toEqual([
    '0.5 /s',
    '0.5 ms',
    '0.5 ms',
    '0.5 ms',
    '0.5 ms',
    '50 %',
    '50 %',
    '50 %',
    '0.5 ms',
  ]);
});

it('writes errors with their sign: of rates and times in percent, of ratios in points', () => {
  expect(errorText('throughput', 0.0645, format, 'pp')).toBe('+6.5 %');
  expect(errorText('p95-latency', -0.14, format, 'pp')).toBe('−14 %');
  expect(errorText('utilisation', 0.04, format, 'pp')).toBe('+4 pp');
  expect(errorText('hit-ratio', 0.0001, format, 'pp')).toBe('0 pp');
});

it('calls an error off from 5 % or 5 points', () => {
  expect([isOff(null), isOff(0.049), isOff(-0.05)]).toEqual([false, false, true]);
});
