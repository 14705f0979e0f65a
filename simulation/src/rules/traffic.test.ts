import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioEvent } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { departmentNews } from './departments.ts';
import { curveAt, eventFactorAt, offeredLoad, sharesAt } from './traffic.ts';

function eventOf(traffic: Partial<NonNullable<ScenarioEvent['traffic']>>): ScenarioEvent {
  return {
    id: 'rush',
    department: 'marketing',
    atSeconds: 3,
    message: 'Here they come',
    traffic: {
      startSeconds: 10,
      rampSeconds: 0,
      holdSeconds: 5,
      factor: 3,
      label: 'rush',
      ...traffic,
    },
  };
}

const seconds = Array.from({ length: 30 }, (_, i) => i);

describe('the traffic curve', () => {
  it('runs straight between its points and level beyond them', () => {
    const curve = [
      { atSeconds: 10, factor: 1 },
      { atSeconds: 20, factor: 3 },
      { atSeconds: 40, factor: 0 },
    ];
    expect([0, 10, 15, 20, 30, 40, 99].map((at) => curveAt(curve, at))).toEqual([
      1, 1, 2, 3, 1.5, 0, 0,
    ]);
  });

  it('is level with a single point', () => {
    expect([0, 7, 99].map((at) => curveAt([{ atSeconds: 7, factor: 2 }], at))).toEqual([2, 2, 2]);
  });
});

describe('an event', () => {
  it('without a ramp holds for its time, to the second', () => {
    const high = seconds.filter((at) => eventFactorAt(eventOf({}), at) === 3);
    expect(high).toEqual([10, 11, 12, 13, 14]);
    expect(eventFactorAt(eventOf({}), 15)).toBe(1);
  });

  it('rises to its factor, holds it, and falls', () => {
    const event = eventOf({ rampSeconds: 4, holdSeconds: 2 });
    const factors = [9, 10, 11, 12, 14, 16, 17, 18, 20, 25].map((at) => eventFactorAt(event, at));
    expect(factors).toEqual([1, 1, 1.5, 2, 3, 3, 2.5, 2, 1, 1]);
  });

  it('of no length changes nothing', () => {
    const event = eventOf({ holdSeconds: 0 });
    expect(seconds.every((at) => eventFactorAt(event, at) === 1)).toBe(true);
  });

  it('without traffic changes nothing', () => {
    const { traffic: _, ...message } = eventOf({});
    expect(eventFactorAt(message, 10)).toBe(1);
  });
});

describe('the offered load', () => {
  const scenario: Scenario = {
    ...helloWorld,
    traffic: [{ atSeconds: 0, factor: 0.5 }],
    events: [eventOf({}), { ...eventOf({ startSeconds: 12 }), id: 'more' }],
  };

  it('is users by requests by curve by every event under way', () => {
    expect(offeredLoad(scenario, 600, 0)).toBeCloseTo(15, 12);
    expect(offeredLoad(scenario, 600, 11)).toBeCloseTo(45, 12);
    expect(offeredLoad(scenario, 600, 13)).toBeCloseTo(135, 12);
    expect(offeredLoad(scenario, 0, 13)).toBe(0);
  });
});

describe('the mix', () => {
  it('changes at its times, and its first entry also counts before them', () => {
    const mix = [
      { atSeconds: 5, shares: { home: 1 } },
      { atSeconds: 9, shares: { browse: 2 } },
    ];
    const shares = [0, 5, 8.9, 9, 100].map((at) => sharesAt({ ...helloWorld, mix }, at));
    expect(shares).toEqual([{ home: 1 }, { home: 1 }, { home: 1 }, { browse: 2 }, { browse: 2 }]);
  });
});

describe('departments', () => {
  it('tell each message, beginning and end once, in the second in which it falls', () => {
    const scenario = { ...helloWorld, events: [eventOf({ startSeconds: 10.5 })] };
    const told = seconds.map((from) => departmentNews(scenario, from).map(({ type }) => type));
    expect(told[3]).toEqual(['message-received']);
    expect(told[10]).toEqual(['traffic-started']);
    expect(told[15]).toEqual(['traffic-ended']);
    expect(told.flat()).toHaveLength(3);
  });
});
