import { describe, expect, it } from 'vitest';
import { helloWorld } from '../scenarios/hello-world.ts';
import { endingOf, isUp, nextErrorGauge } from './objectives.ts';

const objective = { maxErrorRatio: 0.05, gaugeSeconds: 10 };
const row = (failed: number, served = 100 - failed) => ({
  served,
  errors: { 'time-out': failed },
});

/** Seconds until the gauge is at a level, with the same row every second. */
function secondsTo(level: 0 | 1, from: number, failed: number, gaugeSeconds: number): number {
  let gauge = from;
  let seconds = 0;
  while (gauge !== level && seconds < 1e5) {
    gauge = nextErrorGauge(gauge, row(failed), { ...objective, gaugeSeconds });
    seconds++;
  }
  return seconds;
}

describe('the error gauge', () => {
  it('fills in its time at twice the allowed ratio, and no faster', () => {
    for (let gaugeSeconds = 1; gaugeSeconds <= 120; gaugeSeconds++) {
      expect(secondsTo(1, 0, 10, gaugeSeconds)).toBe(gaugeSeconds);
      expect(secondsTo(1, 0, 100, gaugeSeconds)).toBe(gaugeSeconds);
    }
  });

  it('empties in its time without errors', () => {
    for (let gaugeSeconds = 1; gaugeSeconds <= 120; gaugeSeconds++) {
      expect(secondsTo(0, 1, 0, gaugeSeconds)).toBe(gaugeSeconds);
    }
  });

  it('stands at exactly the allowed ratio, and moves in proportion around it', () => {
    expect(nextErrorGauge(0.5, row(5), objective)).toBeCloseTo(0.5, 12);
    expect(nextErrorGauge(0.5, row(7.5), objective)).toBeCloseTo(0.55, 12);
    expect(nextErrorGauge(0.5, row(2.5), objective)).toBeCloseTo(0.45, 12);
  });

  it('counts a second that finishes nothing as one without errors', () => {
    expect(nextErrorGauge(0.5, row(0, 0), objective)).toBeCloseTo(0.4, 12);
  });

  it('fills at full speed over any error when none is allowed', () => {
    const strict = { ...objective, maxErrorRatio: 0 };
    expect(nextErrorGauge(0, row(1), strict)).toBeCloseTo(0.1, 12);
    expect(nextErrorGauge(1, row(0), strict)).toBeCloseTo(0.9, 12);
  });

  it('stays between empty and full', () => {
    expect(nextErrorGauge(0, row(0), objective)).toBe(0);
    expect(nextErrorGauge(1, row(100), objective)).toBe(1);
  });
});

describe('a window', () => {
  it('counts as uptime up to the allowed ratio, and when it finishes nothing', () => {
    expect([0, 5, 6].map((failed) => isUp(row(failed), objective))).toEqual([true, true, false]);
    expect(isUp(row(0, 0), objective)).toBe(true);
  });
});

describe('a stage', () => {
  const end = (errorGauge: number, money: number, seconds: number) =>
    endingOf({ errorGauge, money, seconds }, helloWorld);

  it('goes on below a full gauge, with money, within its time', () => {
    expect(end(0.99, 0, 479)).toBeNull();
  });

  it('is lost by a full gauge or a lack of money, even in its last second, and else won', () => {
    expect(end(1, -1, 480)).toBe('service-down');
    expect(end(0, -0.01, 480)).toBe('bankrupt');
    expect(end(0.99, 0, 480)).toBe('won');
  });
});
