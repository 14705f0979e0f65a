import { expect, it } from 'vitest';
import { sampleRow } from '../comparison/sample-rows.ts';
import { scheduleOf, windowsByProbe } from './probe-schedule.ts';

const PROBES = [
  { requestClass: 'home', ratePerSecond: 50, seconds: 10 },
  { requestClass: 'browse', ratePerSecond: 16, seconds: 20 },
];

it('puts probes one after the other, with time to get warm and to settle', () => {
  expect(scheduleOf(PROBES)).toEqual({
    mix: [
      { atSeconds: 0, shares: { home: 1 } },
      { atSeconds: 16, shares: { browse: 1 } },
    ],
    load: [
      { atSeconds: 0, ratePerSecond: 50 },
      { atSeconds: 16, ratePerSecond: 16 },
    ],
    seconds: 38,
    spans: [
      { startMs: 6_000, endMs: 16_000 },
      { startMs: 18_000, endMs: 38_000 },
    ],
  });
});

it('gives each probe the windows that lie wholly in it, some seconds in one', () => {
  const windows = [5, 6, 7, 15, 15.5, 18, 19, 37].map((second) => [
    sampleRow({ startMs: second * 1_000 }),
    sampleRow({ node: 'app', startMs: second * 1_000 }),
  ]);
  windows[6]?.pop();
  const found = windowsByProbe(scheduleOf(PROBES), [...windows, []]);
  const told = found.map((each) =>
    each.map((rows) => rows.map(({ node, startMs, served }) => [node, startMs, served])),
  );
  expect(told).toEqual([
    [
      [
        ['*', 6_000, 100],
        ['app', 6_000, 100],
      ],
      [
        ['*', 15_000, 50],
        ['app', 15_000, 50],
      ],
    ],
    [
      [['*', 18_000, 100]],
      [
        ['*', 37_000, 50],
        ['app', 37_000, 50],
      ],
    ],
  ]);
});
