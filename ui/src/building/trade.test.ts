import type { Happening, SimulationEvent } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleNodes } from '../features/inspector/sample-run.ts';
import { tradeOf } from './trade.ts';

const node = sampleNodes[2];
const entry = sampleCatalog[2];
if (node?.id !== 'web-1' || !entry) throw new Error('the sample lacks web-1');

const at = (atMs: number, ...list: readonly Happening[]): SimulationEvent[] =>
  list.map((happening, seq) => ({ ...happening, atMs, seq }));
const placed: Happening = { type: 'node-placed', node: 'web-1', kind: 'vm-basic', paid: 40 };
const grown: Happening = { type: 'node-resized', node: 'web-1', from: 'S', to: 'M', paid: 30 };

describe('the price of an edit', () => {
  it('is the difference upwards and half of it back downwards', () => {
    const trade = tradeOf(node, entry, at(0, placed), 5000);
    expect(trade(70, 120)).toBe(50);
    expect(trade(70, 40)).toBe(-15);
    expect(trade(70, 0)).toBe(-35);
  });

  it('comes back whole for what was bought at this very instant', () => {
    expect(tradeOf(node, entry, at(5000, placed, grown), 5000)(70, 0)).toBe(-70);
  });

  it('gives back only half of what was there before the instant', () => {
    const trade = tradeOf(node, entry, at(5000, grown), 5000);
    expect(trade(70, 40)).toBe(-30);
    expect(trade(70, 0)).toBe(-50);
  });

  it('takes the refund again from a node that was removed and set back', () => {
    const events = at(5000, { type: 'node-removed', node: 'web-1', refund: 35 }, placed);
    expect(tradeOf(node, entry, events, 5000)(70, 0)).toBe(-35);
  });

  it('does not care for other nodes', () => {
    const events = at(5000, { ...placed, node: 'web-9' });
    expect(tradeOf(node, entry, events, 5000)(70, 0)).toBe(-35);
  });
});
