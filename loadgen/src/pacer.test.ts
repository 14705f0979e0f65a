import type { LoadPlan } from '@project-devops/simulation/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { Pacer } from './pacer.ts';

const plan = (generation: number, ...rates: number[]): LoadPlan => ({
  generation,
  target: 'http://entry:8080',
  classes: { home: { onTimeMs: 500, timeoutMs: 3_000 } },
  mix: [{ atSeconds: 0, shares: { home: 1 } }],
  steps: rates.map((ratePerSecond) => ({ seconds: 1, ratePerSecond })),
  virtualUsers: 10,
  seed: 1,
});

describe('the pacer', () => {
  let nowMs: number;
  let timers: { at: number; action: () => void }[];
  let sent: string[];
  let missed: number;
  let pacer: Pacer;

  beforeEach(() => {
    nowMs = 1_000_000;
    timers = [];
    sent = [];
    missed = 0;
    pacer = new Pacer({
      now: () => nowMs,
      later: (action, ms) => timers.push({ at: nowMs + ms, action }),
      send: ({ generation }, seconds) =>
        sent.push(`${generation}@${seconds.toFixed(2)} at ${(nowMs - 1_000_000).toFixed(0)}`),
      miss: (count) => {
        missed += count;
      },
    });
  });

  /** Lets time pass; timers come `lateMs` late. */
  function pass(ms: number, lateMs = 0.01): void {
    const end = nowMs + ms;
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      const timer = timers[0];
      if (timer === undefined || timer.at + lateMs > end) break;
      timers.shift();
      nowMs = Math.max(nowMs, timer.at + lateMs);
      timer.action();
    }
    nowMs = end;
  }

  it('sends each request when it is due, from the ordered instant on', () => {
    pacer.obey({ plan: plan(1, 2, 4), beginMs: 1_000_500 });
    pass(10_000);
    expect(sent).toEqual([
      '1@0.50 at 1000',
      '1@1.00 at 1500',
      '1@1.25 at 1750',
      '1@1.50 at 2000',
      '1@1.75 at 2250',
    ]);
    expect(missed).toBe(0);
  });

  it('changes plans at the ordered instant and carries on the rhythm', () => {
    pacer.obey({ plan: plan(1, 2, 2, 2), beginMs: 1_000_000 });
    pass(800);
    pacer.obey({ plan: plan(2, 10), beginMs: 1_001_200 });
    pass(500);
    expect(sent.map((line) => line.split(' ')[0])).toEqual(['1@0.50', '1@1.00', '2@0.06']);
  });

  it('stops when no plan is ordered', () => {
    pacer.obey({ plan: plan(1, 2, 2, 2), beginMs: 1_000_000 });
    pass(600);
    pacer.obey({ plan: null, beginMs: 1_000_600 });
    pass(5_000);
    expect(sent).toHaveLength(1);
  });

  it('counts what it could not send in time, after a standstill', () => {
    pacer.obey({ plan: plan(1, 10, 10, 10), beginMs: 1_000_000 });
    pass(1_000);
    nowMs += 1_000;
    pass(1_000);
    expect(sent.length + missed).toBe(29);
    expect(missed).toBe(8);
  });

  it('takes up an order whose instant has passed, counting what is too late', () => {
    pacer.obey({ plan: plan(1, 10, 10), beginMs: 999_000 });
    pass(2_000);
    expect(missed).toBe(7);
    expect(sent).toHaveLength(12);
  });
});
