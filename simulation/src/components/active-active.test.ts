import { describe, expect, it } from 'vitest';
import type { Topology } from '../protocol/index.ts';
import { CLIENTS, PRIMARY, rowsOf, slow, WEB } from '../testing/situation.ts';

const SECOND = { ...PRIMARY, id: 'second' };

function pair(links: readonly (readonly [string, string])[]): Topology {
  const all = [['clients', 'web-1'], ['web-1', 'primary'], ['web-1', 'second'], ...links] as const;
  return {
    nodes: [CLIENTS, WEB, PRIMARY, SECOND],
    links: all.map(([from, to]) => ({ from, to })),
  };
}

const BOTH_WAYS = pair([
  ['primary', 'second'],
  ['second', 'primary'],
]);
const writes = { perSecond: 15, shares: { signup: 1 } };

describe('an active-active pair', () => {
  it('takes writes on both sides and repeats each of them on the other', () => {
    const profile = slow({ 'sql-write': 6, 'sql-apply': 6 });
    const alone = rowsOf({ topology: pair([]), ...writes, profile });
    const row = rowsOf({ topology: BOTH_WAYS, ...writes, profile });
    for (const id of ['primary', 'second']) {
      expect(row(id).offered).toBeGreaterThan(60);
      expect(row(id).utilisation ?? 0).toBeGreaterThan((alone(id).utilisation ?? 0) * 1.7);
      expect(row(id).lagMs).toBeLessThan(1_000);
      expect(alone(id).lagMs).toBeNull();
      expect(alone(id)).not.toHaveProperty('writeConflicts');
    }
  });

  it('has more conflicts and lost writes the later a write reaches the other side', () => {
    const sum = (applyMs: number, figure: 'writeConflicts' | 'lostWrites') => {
      const profile = slow({ 'sql-apply': applyMs });
      const row = rowsOf({ topology: BOTH_WAYS, ...writes, profile, hotRows: 10 });
      return (row('primary')[figure] ?? 0) + (row('second')[figure] ?? 0);
    };
    const conflicts = [1, 10, 30].map((applyMs) => sum(applyMs, 'writeConflicts'));
    expect(conflicts).toEqual([...conflicts].sort((a, b) => a - b));
    expect(new Set(conflicts).size).toBe(3);
    expect(sum(30, 'lostWrites')).toBeGreaterThan(sum(1, 'lostWrites'));
  });

  it('with one direction only copies one way', () => {
    const row = rowsOf({ topology: pair([['primary', 'second']]), ...writes });
    expect([row('primary').lagMs, row('second').lagMs === null]).toEqual([null, false]);
  });
});
