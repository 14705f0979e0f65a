import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallOptions, Link, Topology } from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { callOptions } from '../testing/call-options.ts';
import { gameSimulator, SHARES, SMALL_TOWN, withoutNode } from '../testing/small-town.ts';

const node = fc.constantFrom(...SMALL_TOWN.nodes.slice(1).map(({ id }) => id));
const deed = fc.oneof(
  fc.record({ do: fc.constant('restart' as const), node }),
  fc.record({ do: fc.constant('remove' as const), node }),
  fc.record({
    do: fc.constant('restore' as const),
    options: fc.array(callOptions, { minLength: 1 }),
  }),
  fc.record({ do: fc.constant('load' as const), perSecond: fc.integer({ min: 0, max: 250 }) }),
);

function town(calls: readonly (CallOptions | undefined)[]): Topology {
  const links = SMALL_TOWN.links.map((link, i): Link => {
    const chosen = calls[i % calls.length];
    return chosen === undefined ? link : { ...link, calls: chosen };
  });
  return { nodes: SMALL_TOWN.nodes, links };
}

it('every request and attempt ends once, whatever happens on the way', () => {
  fc.assert(
    fc.property(
      fc.array(callOptions, { minLength: 1, maxLength: 10 }),
      fc.array(deed, { maxLength: 12, size: 'max' }),
      fc.nat(1_000),
      (calls, deeds, seed) => {
        let topology = town(calls);
        const simulator = gameSimulator(seed);
        simulator.setTopology(topology, false);
        simulator.setLoad(120, SHARES);
        const accounts = new WindowAccounts();
        for (const step of deeds) {
          simulator.runUntil(simulator.nowMs + 400);
          expect(accounts.faultsIn(simulator.closeWindow(topology, () => 0))).toEqual([]);
          if (step.do === 'restart') simulator.restart(step.node);
          else if (step.do === 'load') simulator.setLoad(step.perSecond, SHARES);
          else {
            topology = step.do === 'remove' ? withoutNode(topology, step.node) : town(step.options);
            simulator.setTopology(topology, true);
          }
        }
        simulator.setLoad(0, SHARES);
        simulator.runUntil(simulator.nowMs + 100_000);
        expect(unrestIn(simulator)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
