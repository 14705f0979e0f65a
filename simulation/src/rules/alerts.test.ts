import { describe, expect, it } from 'vitest';
import type { Happening, Measurement } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { rowOf } from '../testing/rows.ts';
import { Alerts } from './alerts.ts';
import { limitOf } from './limits.ts';

const web = (second: number, given: Partial<Measurement> = {}) =>
  rowOf({ node: 'web-1', startMs: second * 1_000, endMs: (second + 1) * 1_000, ...given });
const busy = { utilisation: 0.95 };

/** What is told second by second. */
function watch(alerts: Alerts, seconds: readonly Partial<Measurement>[]): Happening[][] {
  return seconds.map((given, second) => alerts.watchNodes([web(second, given)]));
}

describe('what limits a node', () => {
  it.each<[string, Partial<Measurement>, ReturnType<typeof limitOf>]>([
    ['nothing', { utilisation: 0.89, lockWaits: 1.9 }, null],
    ['figures that do not apply', {}, null],
    ['the CPU from 90 %', { utilisation: 0.9 }, 'cpu'],
    [
      'the CPU before all others',
      { utilisation: 1, lockWaits: 9, errors: { 'queue-full': 1 } },
      'cpu',
    ],
    ['two waiting for row locks', { lockWaits: 2 }, 'row-locks'],
    ['refused connections', { errors: { 'connection-refused': 1 } }, 'connections'],
    ['an exhausted pool', { errors: { 'pool-exhausted': 1 } }, 'connections'],
    ['a function at its limit', { errors: { throttled: 1 } }, 'connections'],
    ['a full backlog', { errors: { 'queue-full': 1 } }, 'backlog'],
    ['what others failed', { errors: { 'dependency-failed': 9, 'time-out': 2 } }, null],
  ])('%s', (_, given, limit) => {
    expect(limitOf(web(0, given))).toBe(limit);
  });
});

describe('an overload', () => {
  it('is told once it has held for two seconds, and its end likewise', () => {
    const told = watch(new Alerts(100), [busy, busy, busy, {}, {}, {}]);
    expect(told.map((news) => news.map(({ type }) => type))).toEqual([
      [],
      ['node-overloaded'],
      [],
      [],
      ['node-recovered'],
      [],
    ]);
    expect(told[1]).toEqual([{ type: 'node-overloaded', node: 'web-1', limit: 'cpu' }]);
  });

  it('of one second is not told', () => {
    expect(watch(new Alerts(100), [busy, {}, {}, busy, {}, {}]).flat()).toEqual([]);
  });

  it('is shown with its beginning while it lasts', () => {
    const alerts = new Alerts(100);
    watch(alerts, [{}, busy, busy]);
    expect(alerts.limitedBy('web-1')).toEqual({ limit: 'cpu', sinceMs: 1_000 });
    watch(alerts, [{}, {}]);
    expect(alerts.limitedBy('web-1')).toBeNull();
    expect(alerts.limitedBy('nobody')).toBeNull();
  });

  it('is forgotten with its node', () => {
    const alerts = new Alerts(100);
    watch(alerts, [busy, busy]);
    expect(alerts.watchNodes([])).toEqual([]);
    expect(alerts.limitedBy('web-1')).toBeNull();
    expect(watch(alerts, [{}, {}]).flat()).toEqual([]);
  });

  it('is not looked for in the row of the whole service', () => {
    const alerts = new Alerts(100);
    for (let i = 0; i < 3; i++) expect(alerts.watchNodes([rowOf(busy)])).toEqual([]);
  });
});

describe('dropped requests', () => {
  const drops = (count: number) => ({ errors: { 'time-out': count } });

  it('are told at their beginning, and added up five quiet seconds after the last', () => {
    const told = watch(new Alerts(100), [
      drops(3),
      drops(2),
      {},
      {},
      drops(1),
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    const news = told.flatMap((list, second) => list.map((happening) => [second, happening]));
    const about = { node: 'web-1', cause: 'time-out' };
    expect(news).toEqual([
      [0, { type: 'requests-dropped', ...about, count: 3 }],
      [9, { type: 'drops-ended', ...about, count: 6 }],
    ]);
  });

  it('are told for each cause, but not where another node is the reason', () => {
    const errors = { 'time-out': 1, 'no-route': 2, 'dependency-failed': 5 };
    const told = watch(new Alerts(100), [{ errors }]).flat();
    expect(told.map((news) => 'cause' in news && news.cause)).toEqual(['time-out', 'no-route']);
  });
});

describe('the stage', () => {
  const calm = { money: 1_000, errorGauge: 0, users: 0 };

  function stage(alerts: Alerts, changes: readonly Partial<typeof calm>[]) {
    const scenario = { ...helloWorld, startingMoney: 200, bankruptcyFloor: 10 };
    return changes.map((change) => alerts.watchStage({ ...calm, ...change }, scenario));
  }

  it('tells once that money is low, and again after it was not', () => {
    const told = stage(new Alerts(0), [
      { money: 30 },
      { money: 29 },
      { money: 5 },
      {},
      { money: 29 },
    ]);
    expect(told.map((news) => news.length)).toEqual([0, 1, 0, 0, 1]);
    expect(told[1]).toEqual([{ type: 'money-low', money: 29 }]);
  });

  it('tells when the error gauge passes a half and four fifths', () => {
    const gauges = [0.49, 0.5, 0.6, 0.3, 0.9, 1];
    const told = stage(
      new Alerts(0),
      gauges.map((errorGauge) => ({ errorGauge })),
    );
    const passed = told.map((news) => news.map((n) => 'percent' in n && n.percent));
    expect(passed).toEqual([[], [50], [], [], [50, 80], []]);
  });

  it('tells each number of users of 1, 2 and 5 once, from the first above the initial', () => {
    const users = [100, 199, 200, 1_100, 150, 1_100];
    const told = stage(
      new Alerts(100),
      users.map((count) => ({ users: count })),
    );
    const reached = told.map((news) => news.map((n) => 'users' in n && n.users));
    expect(reached).toEqual([[], [], [200], [500, 1_000], [], []]);
  });
});
