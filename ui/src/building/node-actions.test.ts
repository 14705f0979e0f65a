import type { NodeId, NodeView } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import {
  sampleCatalog,
  sampleNodes,
  sampleScenario,
  sampleSnapshot,
} from '../features/inspector/sample-run.ts';
import { nodeActions, servesTraffic } from './node-actions.ts';
import { situationOf } from './purchase.ts';
import { tradeOf } from './trade.ts';

const situation = situationOf(sampleSnapshot, sampleScenario, null);

function viewOf(id: NodeId): NodeView | null {
  return sampleSnapshot.nodes.find((view) => view.id === id) ?? null;
}

function actionsOf(id: NodeId, now = situation) {
  const node = sampleNodes.find((one) => one.id === id);
  const entry = sampleCatalog.find((one) => one.kind === node?.kind);
  if (!node || !entry) throw new Error(`no ${id} in the sample`);
  const trade = tradeOf(node, entry, [], sampleSnapshot.timeMs);
  return nodeActions(now, entry, node, viewOf(id), sampleSnapshot.topology, trade);
}

describe('what can be done with a node', () => {
  it('asks the difference of the prices for a larger size', () => {
    expect(actionsOf('web-1').scaleUp).toEqual({ size: 'L', price: 50, reason: null });
  });

  it('gives back half of the difference for a smaller size', () => {
    expect(actionsOf('web-1').scaleDown).toEqual({ size: 'S', price: -15, reason: null });
  });

  it('has no size above the largest or below the smallest', () => {
    expect(actionsOf('web-2').scaleUp).toBeNull();
    expect(actionsOf('primary').scaleDown).toBeNull();
  });

  it('says how much money a larger size or a copy lacks', () => {
    const poor = { ...situation, money: 10 };
    expect(actionsOf('web-1', poor).scaleUp?.reason).toEqual({
      key: 'shop.reasons.too-dear',
      money: 40,
    });
    expect(actionsOf('web-1', poor).clone?.reason).toMatchObject({ money: 60 });
  });

  it('scales down without money', () => {
    expect(actionsOf('web-1', { ...situation, money: 0 }).scaleDown?.reason).toBeNull();
  });

  it('estimates the refund at half of the price', () => {
    expect(actionsOf('web-1').remove).toEqual({ refund: 35, reason: null });
  });

  it('lets the clients only connect, and says when they have all their links', () => {
    expect(actionsOf('clients')).toEqual({
      scaleUp: null,
      scaleDown: null,
      clone: null,
      restart: null,
      remove: null,
      connect: { reason: { key: 'inspector.reasons.too-many-links' } },
    });
  });

  it('does not connect what links to nothing, nor without a target', () => {
    expect(actionsOf('cache-1').connect).toBeNull();
    expect(actionsOf('primary').connect?.reason?.key).toBe('inspector.reasons.no-target');
  });

  it('restarts neither before the operation nor while the node starts', () => {
    expect(actionsOf('web-1', { ...situation, phase: 'setup' }).restart?.reason?.key).toBe(
      'inspector.reasons.no-traffic-yet',
    );
    expect(actionsOf('web-2').restart?.reason?.key).toBe('inspector.reasons.starting');
    expect(actionsOf('web-1').restart?.reason).toBeNull();
  });

  it('closes every action of a watched run with the same reason', () => {
    const actions = Object.values(actionsOf('web-1', { ...situation, readOnly: 'watching' }));
    expect(actions.map((action) => action?.reason?.key)).toEqual(
      actions.map(() => 'shop.reasons.watching'),
    );
  });

  it('knows which nodes would lose requests', () => {
    expect(servesTraffic(viewOf('web-1'))).toBe(true);
    expect(servesTraffic(viewOf('web-2'))).toBe(false);
  });
});
