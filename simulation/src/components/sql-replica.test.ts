import { describe, expect, it } from 'vitest';
import type { Measurement } from '../protocol/index.ts';
import { rowsOf, slow } from '../testing/situation.ts';
import { gameSimulator, SMALL_TOWN, withoutLink } from '../testing/small-town.ts';

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

  it('applies one write after the other, so that it can be behind with cores to spare', () => {
    const xl = SMALL_TOWN.nodes.map((node) =>
      node.id === 'replica' ? { ...node, size: 'XL' as const } : node,
    );
    const row = rowsOf({
      topology: { ...SMALL_TOWN, nodes: xl as typeof SMALL_TOWN.nodes },
      perSecond: 10,
      shares: { signup: 1 },
      profile: slow({ 'sql-apply': 125 }),
    })('replica');
    // It applies 8 of 10 writes a second; after 20 s the oldest of 40 is 4 s old.
    expect(row.lagMs).toBeGreaterThan(2_500);
    expect(row.lagMs).toBeLessThan(5_500);
    expect(row.utilisation).toBeCloseTo(0.5, 1);
  });

  it('is read stale the more, the later it applies', () => {
    const ratio = (applyMs: number) => {
      const row = rowsOf({
        topology: SMALL_TOWN,
        perSecond: 20,
        profile: slow({ 'sql-apply': applyMs }),
      })('replica');
      return (row.staleReads ?? Number.NaN) / row.offered;
    };
    const ratios = [1, 100, 300].map(ratio);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios[0]).toBeLessThan(0.05);
    expect(ratios[2]).toBeGreaterThan(2 * (ratios[0] ?? 0));
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

  it('catches up after a restart with what it has missed', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(20, { signup: 1 });
    simulator.runUntil(4_000);
    simulator.restart('replica');
    simulator.runUntil(8_900);
    const missed = simulator.unappliedWrites('replica');
    expect(missed).toBeGreaterThan(80);
    simulator.runUntil(15_000);
    expect(simulator.unappliedWrites('replica')).toBeLessThan(10);
  });

  it('without a PRIMARY serves what it has, ever older, until a link brings it up to date', () => {
    const apart = withoutLink(SMALL_TOWN, 'primary', 'replica');
    const simulator = gameSimulator(1);
    simulator.setTopology(apart, false);
    simulator.setLoad(20, { browse: 1, signup: 1 });
    const replica = (topology: typeof apart) =>
      simulator
        .closeWindow(topology, () => 0)
        .find(({ node }) => node === 'replica') as Measurement;
    simulator.runUntil(10_000);
    const early = replica(apart);
    simulator.runUntil(20_000);
    const late = replica(apart);
    expect(late.lagMs).toBeCloseTo((early.lagMs ?? 0) + 10_000, 3);
    expect(late.served).toBeGreaterThan(50);
    expect(late.staleReads ?? 0).toBeGreaterThan(early.staleReads ?? 0);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.runUntil(40_000);
    expect(replica(SMALL_TOWN).lagMs).toBeLessThan(1_000);
  });
});
