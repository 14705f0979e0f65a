import { describe, expect, it } from 'vitest';
import type { Measurement } from '../protocol/index.ts';
import { rowsOf, slow } from '../testing/situation.ts';
import { gameSimulator, SMALL_TOWN } from '../testing/small-town.ts';

describe('a replica', () => {
  it('applies the writes of its PRIMARY, and is behind while it has not', () => {
    const fast = rowsOf({ topology: SMALL_TOWN, perSecond: 20 });
    expect(fast('replica').lagMs).toBeLessThan(1_000);
    expect(fast('primary').lagMs).toBeNull();
    const stuck = rowsOf({
      topology: SMALL_TOWN,
      perSecond: 20,
      profile: slow({ 'sql-apply': 500 }),
    });
    expect(stuck('replica').lagMs).toBeGreaterThan(5_000);
  });

  it('takes the reads as long as it is ready, and the PRIMARY those while it is not', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(10, { browse: 1 });
    simulator.runUntil(4_000);
    const before = simulator.closeWindow(SMALL_TOWN, () => 0);
    simulator.restart('replica');
    simulator.runUntil(8_000);
    const after = simulator.closeWindow(SMALL_TOWN, () => 0);
    const offered = (rows: readonly Measurement[], id: string) =>
      rows.find(({ node }) => node === id)?.offered ?? 0;
    expect([offered(before, 'primary'), offered(after, 'replica')]).toEqual([0, 0]);
    expect(offered(before, 'replica')).toBeGreaterThan(20);
    expect(offered(after, 'primary')).toBeGreaterThan(20);
  });
});
