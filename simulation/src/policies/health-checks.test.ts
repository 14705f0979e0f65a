import { describe, expect, it } from 'vitest';
import { afterCheck, type Health } from './health-checks.ts';

const check = { intervalSeconds: 1, unhealthyAfter: 3, healthyAfter: 2 };

/** What is believed after each of the checks, written as `+` (passed, healthy) and `-`. */
function beliefs(from: boolean, checks: string): string {
  let health: Health = { isHealthy: from, against: 0 };
  return [...checks]
    .map((one) => {
      health = afterCheck(health, one === '+', check);
      return health.isHealthy ? '+' : '-';
    })
    .join('');
}

describe('a belief about a server', () => {
  it.each([
    ['falls with the third failed check in a row', true, '---', '++-'],
    ['stands when a check passes in between', true, '--+--', '+++++'],
    ['rises with the second passed check in a row', false, '++', '-+'],
    ['does not rise when a check fails in between', false, '+-+-+', '-----'],
    ['falls and rises again', true, '---++---', '++--++' + '+-'],
  ])('%s', (_, from, checks, believed) => {
    expect(beliefs(from, checks)).toBe(believed);
  });

  it('changes at once when one check is enough', () => {
    const eager = { intervalSeconds: 1, unhealthyAfter: 1, healthyAfter: 1 };
    const down = afterCheck({ isHealthy: true, against: 0 }, false, eager);
    expect(down).toEqual({ isHealthy: false, against: 0 });
    expect(afterCheck(down, true, eager)).toEqual({ isHealthy: true, against: 0 });
  });
});
