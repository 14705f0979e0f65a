import type { LoadPlan } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { checkPlan, orderText } from './order.ts';

const plan: LoadPlan = {
  generation: 1,
  target: 'http://balancer:8080',
  classes: { home: { onTimeMs: 500, timeoutMs: 3_000 } },
  mix: [{ atSeconds: 0, shares: { home: 1 } }],
  steps: [{ seconds: 1, ratePerSecond: 20 }],
  virtualUsers: 75,
  seed: 1,
};
const stepped = (rates: readonly number[]) => ({
  ...plan,
  steps: rates.map((ratePerSecond) => ({ seconds: 1, ratePerSecond })),
});

describe('a plan', () => {
  it('is fit for k6 when it keeps to the schema, an hour of changing seconds included', () => {
    checkPlan(plan);
    checkPlan(stepped(Array.from({ length: 2_500 }, (_, i) => 20 + i / 7)));
  });

  it('is refused with the place of the fault', () => {
    expect(() => checkPlan({ ...plan, virtualUsers: 0 })).toThrow(/virtualUsers/);
    expect(() => checkPlan({ ...plan, steps: [] })).toThrow(/steps/);
  });

  it('is refused when it is longer than what k6 can be given', () => {
    const rates = Array.from({ length: 5_000 }, (_, i) => 20 + i / 7);
    expect(() => checkPlan(stepped(rates))).toThrow('make the steps longer');
  });
});

describe('an order', () => {
  it('has equal steps merged', () => {
    const text = orderText({ plan: stepped([5, 5, 5, 0, 5]), beginMs: 17 });
    expect(JSON.parse(text)).toMatchObject({
      beginMs: 17,
      plan: {
        steps: [
          { seconds: 3, ratePerSecond: 5 },
          { seconds: 1, ratePerSecond: 0 },
          { seconds: 1, ratePerSecond: 5 },
        ],
      },
    });
  });

  it('can be to offer nothing', () => {
    expect(orderText({ plan: null, beginMs: 17 })).toBe('{"plan":null,"beginMs":17}');
  });
});
