import { describe, expect, it } from 'vitest';
import { clock, createFormat } from './format.ts';

describe('clock', () => {
  it.each([
    [0, '00:00'],
    [59_999, '00:59'],
    [60_000, '01:00'],
    [522_000, '08:42'],
    [7_200_000, '120:00'],
    [-5, '00:00'],
  ])('shows %i ms as %s', (ms, text) => expect(clock(ms)).toBe(text));
});

describe('formats', () => {
  const en = createFormat('en', 'h');

  it('groups numbers and never shows a negative zero', () => {
    expect(en.number(18_240)).toBe('18,240');
    expect(en.number(-0.2)).toBe('0');
    expect(en.number(-3.25, 1)).toBe('−3.3');
  });

  it('shows cents of small sums only', () => {
    expect(en.money(2_318.4)).toBe('$2,318');
    expect(en.money(60)).toBe('$60');
    expect(en.money(4.1)).toBe('$4.10');
    expect(en.money(-12.5)).toBe('−$12.50');
    expect(en.money(-0.001)).toBe('$0');
  });

  it('states costs by the hour in the language', () => {
    expect(en.moneyPerHour(-41)).toBe('−$41/h');
    expect(createFormat('ko', '시간').moneyPerHour(4.1)).toBe('$4.10/시간');
    expect(en.moneyPerHour(4, 'change')).toBe('+$4/h');
  });

  it('shows ratios as percent and times with their unit', () => {
    expect(en.percent(0.0272)).toBe('2.7 %');
    expect(en.percent(0.38)).toBe('38 %');
    expect(en.duration(3.26)).toBe('3.3 ms');
    expect(en.duration(362.4)).toBe('362 ms');
    expect(en.duration(2_664)).toBe('2.66 s');
  });
});
