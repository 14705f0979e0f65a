import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WindowAccounts } from '../testing/accounts.ts';
import { runningGame } from '../testing/game.ts';
import { begun, runs } from '../testing/random-topology.ts';
import { SHARES, SMALL_TOWN } from '../testing/small-town.ts';
import type { Simulator } from './simulator.ts';

/** The small town under its load after three seconds, the first two of them told. */
function underLoad(): Simulator {
  const simulator = runningGame(SMALL_TOWN);
  simulator.setLoad(40, SHARES);
  simulator.runUntil(2_000);
  simulator.closeWindow(SMALL_TOWN, () => 0);
  simulator.runUntil(3_000);
  return simulator;
}

const rowsOf = (simulator: Simulator) => simulator.closeWindow(SMALL_TOWN, () => 0);

describe('a window of no length', () => {
  it('has no figure that is a mean over time, where the one before has it', () => {
    const simulator = underLoad();
    const figures = () =>
      rowsOf(simulator)
        .filter(({ node }) => node === 'primary')
        .map(({ utilisation, queueDepth, lockWaits }) => ({ utilisation, queueDepth, lockWaits }));
    const number = expect.any(Number);
    expect(figures()).toEqual([{ utilisation: number, queueDepth: number, lockWaits: number }]);
    expect(figures()).toEqual([{ utilisation: null, queueDepth: null, lockWaits: null }]);
  });

  it('takes nothing from the window after it', () => {
    const [once, twice] = [underLoad(), underLoad()];
    for (const simulator of [once, twice, twice]) rowsOf(simulator);
    for (const simulator of [once, twice]) simulator.runUntil(4_000);
    expect(rowsOf(twice)).toEqual(rowsOf(once));
  });

  it('keeps all accounts, whatever the topology', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 3_000 }), (run, atMs) => {
        const simulator = begun(run);
        const accounts = new WindowAccounts();
        const faults = [atMs, atMs, atMs + 1_000].flatMap((untilMs) => {
          simulator.runUntil(untilMs);
          return accounts.faultsIn(simulator.closeWindow(run.topology, () => 0));
        });
        expect(faults).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
