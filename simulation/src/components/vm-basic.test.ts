import { describe, expect, it } from 'vitest';
import { CLIENTS, HAMLET, PRIMARY, rowsOf, WEB } from '../testing/situation.ts';

describe('a node in overload', () => {
  it('shows a CPU that is fully used, in every size', () => {
    for (const size of ['S', 'M', 'L', 'XL'] as const) {
      const topology = { ...HAMLET, nodes: [CLIENTS, { ...WEB, size }, PRIMARY] };
      const row = rowsOf({ topology, perSecond: 2_000, shares: { home: 1 } });
      expect(row('web-1').utilisation).toBeGreaterThan(0.999);
      const cores = { S: 0.25, M: 0.5, L: 1, XL: 2 }[size];
      expect(row('*').served / 10).toBeGreaterThan((cores * 1000) / 2 - cores * 20);
      expect(row('*').served / 10).toBeLessThan((cores * 1000) / 2 + cores * 20);
    }
  });
});
